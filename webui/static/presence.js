// Tells the others that this case is open here and whether somebody writes, and tells who else is here.
"use strict";

(() => {
  const here = document.getElementById("here");
  if (!here) return;
  const BEAT_MS = 15000;
  let typedAt = 0;

  function state() {
    return Date.now() - typedAt < 2 * BEAT_MS ? "writing" : "here";
  }

  function body(what) {
    return new URLSearchParams({ csrf_token: here.dataset.token, state: what });
  }

  async function beat() {
    if (document.hidden) return;
    try {
      const answer = await fetch(here.dataset.beat, { method: "POST", body: body(state()) });
      if (!answer.ok) return;
      const told = await answer.json();
      const isChanged = String(told.version) !== here.dataset.version;
      const words = isChanged ? `${told.here} ${here.dataset.changed}`.trim() : told.here;
      if (here.textContent !== words) here.textContent = words;
    } catch {
      document.dispatchEvent(new Event("amends:unreached")); // the next beat tries again
    }
  }

  document.addEventListener("input", (event) => {
    if (!event.target.matches("textarea")) return;
    const isFirst = state() !== "writing";
    typedAt = Date.now();
    if (isFirst) beat();
  });
  window.addEventListener("pagehide", () => navigator.sendBeacon(here.dataset.beat, body("left")));
  document.addEventListener("visibilitychange", beat);
  setInterval(beat, BEAT_MS);
  beat();
})();
