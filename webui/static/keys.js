// Single keys for what a page does (webui/keys.py names them; each person may change them or switch them off).
//
// The contract, for whoever writes a page:
//   data-key="done"   on a button or link: the key of that name clicks it. On a field or a <details>: it gets the focus.
//                     If several carry the name, one inside the row that has the focus wins, then the first in sight.
//   data-rows         on a list whose items can be walked by j and k. Each item is an element with data-row; it holds one
//                     link with data-row-link, which is what gets the focus, and may hold a checkbox with data-row-tick.
//   data-bulk         on the form around such rows (static/bulk.js). Its acts mean the ticked rows and show once one is
//                     ticked; where none is, the key ticks the row that has the focus first. The row after them is sent
//                     along as "then", and the answer leads back to it (#review-…): the focus stands on the next row.
// Names without such an element on the page do nothing. Keys never act while the focus is in a field that takes text,
// while a dialog is open (but for closing it), or together with Ctrl, Alt or the command key. What a key does, a button
// or a link on the page does as well.
"use strict";

(() => {
  const help = document.getElementById("keys");
  if (!help) return;
  const names = new Map(Object.entries(JSON.parse(help.dataset.keys)).map(([name, pressed]) => [pressed, name]));
  const WAIT_MS = 1500; // for the second of two keys
  let begun = "";
  let timer = 0;
  let current = null; // the row that had the focus last
  let lastTicked = null;

  const rows = () => [...document.querySelectorAll("[data-rows] [data-row]")];
  const linkOf = (row) => row.querySelector("[data-row-link]");
  const tickOf = (row) => row.querySelector("[data-row-tick]");
  const isSeen = (element) => element.checkVisibility && !element.disabled ? element.checkVisibility() : !element.disabled;

  function takesText(element) {
    if (!element || element.isContentEditable) return Boolean(element);
    if (element.matches("textarea, select")) return true;
    return element.matches("input") && !["checkbox", "radio", "button", "submit", "reset"].includes(element.type);
  }

  function rowInFocus() {
    const inside = document.activeElement && document.activeElement.closest("[data-row]");
    if (inside) return inside;
    return current && current.isConnected ? current : null;
  }

  function focusRow(row) {
    if (!row) return;
    current = row;
    linkOf(row).focus({ focusVisible: true, preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = rows();
    if (!all.length) return press(by > 0 ? "next" : "previous");
    const at = all.indexOf(rowInFocus());
    if (at === -1) return focusRow(all[0]);
    if (all[at + by]) return focusRow(all[at + by]);
    return press(by > 0 ? "next" : "previous"); // the next page, where there is one
  }

  function tick(row, is = !tickOf(row).checked) {
    const box = tickOf(row);
    if (box.checked === is) return;
    box.checked = is;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function select(isRange) {
    const row = rowInFocus();
    if (!row || !tickOf(row)) return;
    const all = rows();
    const [from, to] = [all.indexOf(lastTicked), all.indexOf(row)].sort((a, b) => a - b);
    if (isRange && from !== -1) for (const one of all.slice(from, to + 1)) tick(one, true);
    else tick(row);
    lastTicked = row;
    focusRow(row);
  }

  function found(name) {
    const all = [...document.querySelectorAll(`[data-key="${name}"]`)].filter(isSeen);
    const row = rowInFocus();
    return all.find((element) => row && row.contains(element)) || all[0];
  }

  function press(name) {
    const row = rowInFocus();
    const isBulk = !found(name) && document.querySelector(`[data-bulk] [data-key="${name}"]`); // it shows once one is ticked
    if (isBulk && row && tickOf(row)) tick(row, true);
    const element = found(name);
    if (!element) return;
    if (element.matches("details")) {
      element.open = true;
      element.querySelector("summary").focus();
    } else if (takesText(element)) {
      element.focus();
      if (element.matches("textarea")) element.setSelectionRange(element.value.length, element.value.length); // go on
      else if (element.select) element.select();
    } else {
      element.click();
    }
  }

  const ACTS = {
    next: () => step(1),
    previous: () => step(-1),
    open: () => {
      const row = rowInFocus();
      if (row) linkOf(row).click();
    },
    select: () => select(false),
    range: () => select(true),
    help: () => (help.open ? help.close() : help.showModal()),
  };

  function act(name, event) {
    if (event.repeat && name !== "next" && name !== "previous") return;
    if (help.open && name !== "help") return;
    event.preventDefault();
    (ACTS[name] || (() => press(name)))();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || takesText(document.activeElement)) return;
    if (event.key.length !== 1 || event.key === " ") return;
    const pressed = begun ? `${begun} ${event.key}` : event.key;
    clearTimeout(timer);
    begun = "";
    if (names.has(pressed)) return act(names.get(pressed), event);
    if (![...names.keys()].some((one) => one.startsWith(`${pressed} `))) return undefined;
    begun = pressed;
    timer = setTimeout(() => (begun = ""), WAIT_MS);
    return undefined;
  });

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) current = row;
  });

  // Why a row stands where it stands is told as soon as the keyboard comes to its points; Enter or Escape puts it away.
  const WHY = "details.why";
  const tell = (element, is) => element.closest(WHY) && (element.closest(WHY).open = is);
  document.addEventListener("focusin", ({ target }) => target.matches(":focus-visible") && tell(target, true));
  document.addEventListener("focusout", ({ target }) => tell(target, false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && tell(document.activeElement, false));

  // The help tells what works on this page.
  for (const line of help.querySelectorAll("[data-needs]")) {
    line.hidden = !document.querySelector(line.dataset.needs);
  }
  for (const group of help.querySelectorAll("[data-group]")) {
    group.hidden = !group.querySelector("[data-needs]:not([hidden])");
  }
  help.querySelector("[data-close]").addEventListener("click", () => help.close());
  for (const link of document.querySelectorAll("[data-opens-keys]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      help.showModal();
    });
  }

  // Back from a review, or after an act: the row that the address names has the focus. Not before the browser has gone
  // to it by itself, which takes the focus away.
  const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named && named.matches("[data-row]")) addEventListener("load", () => setTimeout(() => focusRow(named)));
})();
