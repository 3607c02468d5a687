// The rows that are ticked in the queue: how many, all of them or none, and where to go on after an act on them.
// The links and buttons work without this, with a page of their own each.
"use strict";

(() => {
  const form = document.querySelector("[data-bulk]");
  if (!form) return;
  const rows = [...form.querySelectorAll("[data-row]")];
  const tickOf = (row) => row.querySelector("[data-row-tick]");
  const words = form.querySelector("[data-ticked-words]");

  function count() {
    const ticked = rows.filter((row) => tickOf(row).checked).length;
    words.textContent = `${ticked} ${words.dataset.tickedWords}`;
  }

  function tickAll(is) {
    for (const row of rows) tickOf(row).checked = is;
    count();
  }

  for (const [name, is] of [["[data-tick-all]", true], ["[data-tick-none]", false]]) {
    form.querySelector(name).addEventListener("click", (event) => {
      event.preventDefault();
      tickAll(is);
      if (!is) rows[0].querySelector("[data-row-link]").focus();
    });
  }
  form.addEventListener("change", count);
  count();

  // The first row below the last ticked one that is not ticked itself: the acts lead on to it.
  form.addEventListener("submit", () => {
    const last = rows.reduce((found, row, at) => (tickOf(row).checked ? at : found), -1);
    const next = rows.slice(last + 1).find((row) => !tickOf(row).checked);
    form.elements.then.value = next ? next.id : "";
  });
})();
