// What happens without a page of its own, told to those who hear the page, and polls that rest while nobody looks.
"use strict";

(() => {
  const region = document.getElementById("told");

  // Which page this is stands in sight among the views, however many there are; the page itself stays where it is.
  const here = document.querySelector(".views [aria-current]");
  for (const box of here ? [here.closest(".views"), here.closest(".views > ul")] : []) {
    const [inner, outer] = [here.getBoundingClientRect(), box.getBoundingClientRect()];
    box.scrollTop += Math.max(0, inner.bottom - outer.bottom);
    box.scrollLeft += Math.max(0, inner.right - outer.right);
  }

  // The way back is offered for ten seconds, and longer to whoever is just about to take it.
  for (const way of document.querySelectorAll("#told .undo")) {
    const offer = way.closest(".told");
    const timer = setInterval(() => {
      if (offer.matches(":hover, :focus-within")) return;
      offer.remove();
      clearInterval(timer);
    }, 10_000);
  }

  // It is in sight wherever the focus begins, and then stands at its place for whoever reads slowly.
  setTimeout(() => region.classList.add("told-rests"), 10_000);

  // What stands in the region when the page is loaded is not read out everywhere: put in place once more, it is.
  const there = [...region.children];
  if (there.length) {
    region.replaceChildren();
    setTimeout(() => region.replaceChildren(...there), 150);
  }

  function tell(words) {
    const line = document.createElement("p");
    line.className = "notice told told-not";
    line.textContent = words;
    region.replaceChildren(line);
  }

  // An element with data-poll asks again and again; in a tab that nobody sees it does not.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches("[data-poll]") && document.hidden) event.preventDefault();
  });

  // A part that cannot be had is told in words; a poll that fails is silent, for the next one may go well.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) tell(region.dataset.out);
    else if (!event.target.matches("[data-poll]")) tell(region.dataset.failed);
  });
  document.addEventListener("htmx:sendError", (event) => {
    document.dispatchEvent(new Event("amends:unreached"));
    if (!event.target.matches("[data-poll]")) tell(region.dataset.failed);
  });
})();
