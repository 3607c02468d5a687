// Keeps the list beside a case where it was while one case after the other is opened from it, and a row that is opened
// from the whole list where it stood in the window: nothing moves under the hand. Reading and the Tab key go on in the
// case, not in the list before it. Without this the list begins at the row that is open.
"use strict";

(() => {
  const KEPT = "amends-list";
  const list = document.querySelector("[data-beside]");
  const here = list && list.querySelector("[data-here]");

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(KEPT)) || {};
    } catch {
      return {};
    }
  }

  const keep = (what) => sessionStorage.setItem(KEPT, JSON.stringify(what));

  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && event.target.closest("[data-row-link]")) keep({ row: row.id, at: row.getBoundingClientRect().top });
  });

  const head = document.getElementById("who");
  const isFree = document.activeElement === document.body; // after a form the focus is where it was: static/focus.js
  if (head && isFree && !location.hash && !document.querySelector(".trouble")) head.focus({ preventScroll: true });

  if (!list || !list.clientHeight) return; // in a narrow window it is not there
  const before = kept();
  if (before.list === list.dataset.beside) list.scrollTop = before.top;
  else if (here && before.row === `review-${here.dataset.here}`) {
    list.scrollTop += here.getBoundingClientRect().top - before.at;
  }
  if (here) {
    const [row, frame] = [here.getBoundingClientRect(), list.getBoundingClientRect()];
    if (row.top < frame.top) list.scrollTop -= frame.top - row.top;
    else if (row.bottom > frame.bottom) list.scrollTop += row.bottom - frame.bottom;
  }
  addEventListener("pagehide", () => keep({ list: list.dataset.beside, top: list.scrollTop }));
})();
