// What happens without a page of its own, told to those who hear the page, and polls that rest while nobody looks.
"use strict";

(() => {
  const region = document.getElementById("told");

  // What stands in the region when the page is loaded is not read out everywhere: put in place once more, it is.
  const there = [...region.children];
  if (there.length) {
    region.replaceChildren();
    setTimeout(() => region.replaceChildren(...there), 150);
  }

  // An element with data-poll asks for itself again and again; in a tab that nobody sees it does not.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches("[data-poll]") && document.hidden) event.preventDefault();
  });
})();
