// Says in a quiet bar that there is no connection, for as long as there is none. Nothing that is typed is lost meanwhile:
// it stays in its field, forms are not sent into the void, and what saves itself is saved once there is an answer again.
//
//   #offline  data-probe: an address that answers whenever there is a connection; data-out, data-held, data-back: words
//
// Whoever gets no answer says so with the event amends:unreached; amends:reached tells that there is one again.
"use strict";

(() => {
  const bar = document.getElementById("offline");
  const PROBE_MS = 5000;
  const AT_ONCE_MS = 1000; // a page that is being left gets no answers either
  const BACK_MS = 4000;
  let isOut = false;
  let timer = 0;

  function say(words) {
    const line = document.createElement("p");
    line.className = "offline";
    line.textContent = words;
    bar.replaceChildren(...(words ? [line] : []));
  }

  function soon(ms) {
    clearTimeout(timer);
    timer = setTimeout(probe, ms);
  }

  async function probe() {
    try {
      await fetch(bar.dataset.probe, { cache: "no-store" });
    } catch (error) {
      out();
      return;
    }
    if (!isOut) return;
    isOut = false;
    say(bar.dataset.back);
    timer = setTimeout(() => say(""), BACK_MS);
    document.dispatchEvent(new Event("amends:reached"));
  }

  function out() {
    if (!isOut) say(bar.dataset.out);
    isOut = true;
    soon(PROBE_MS);
  }

  addEventListener("offline", out);
  addEventListener("online", () => soon(0));
  document.addEventListener("amends:unreached", () => {
    if (!isOut) soon(AT_ONCE_MS);
  });
  addEventListener(
    "submit",
    (event) => {
      if (!isOut || event.target.method !== "post") return;
      event.preventDefault();
      event.stopPropagation();
      say(bar.dataset.held);
      soon(0);
    },
    true,
  );
  if (!navigator.onLine) out();
})();
