// Where the focus is after a form was sent and a page came back: at what was not taken, if something was not, or at why
// there is no draft; else where it was, for whoever goes on by Tab. Without this it begins at the top of the page each
// time. Where the address names a part of the page (#…), that goes before. What is kept for this holds no word that
// anybody typed.
"use strict";

(() => {
  const KEPT = "amends-focus";
  const VALID_MS = 10000; // a page that comes later is not what somebody waits for
  const FAULTS = [".trouble", "[aria-invalid=true]", ".notice-fault, .fault[role=alert], fieldset > .fault", ".no-draft"]; // the first there is

  const path = (form) => new URL(form.getAttribute("action") || "", location.href).pathname;

  function keyOf(element) {
    const keyed = element.closest("[data-key]") || element.closest("details[data-key]");
    return keyed ? keyed.dataset.key : "";
  }

  const of = (one) => (one.matches("button") ? `${one.name}=${one.value}` : ""); // which of the buttons of a form

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return; // after a search one wants what was found
    const form = event.target;
    // None: it was a single key, or a field that one comes to by a single key, and the next may follow.
    const held = [document.activeElement].find((one) => form.contains(one) && !one.matches("input[data-key], textarea"));
    const where = held && { page: location.pathname, id: held.id, key: keyOf(held), action: path(form), button: of(held) };
    sessionStorage.setItem(KEPT, JSON.stringify({ at: Date.now(), where }));
  });

  function before({ page, id, key, action, button }) {
    if (page !== location.pathname || location.hash) return null;
    const form = [...document.forms].find((one) => path(one) === action);
    const same = (id && document.getElementById(id)) || (key && document.querySelector(`[data-key="${key}"]`));
    const buttons = form ? [...form.querySelectorAll("button")].filter((one) => one.tabIndex >= 0) : [];
    return same || buttons.find((one) => of(one) === button) || buttons[0];
  }

  const kept = JSON.parse(sessionStorage.getItem(KEPT));
  sessionStorage.removeItem(KEPT);
  if (!kept || Date.now() - kept.at > VALID_MS) return;
  const faults = FAULTS.flatMap((one) => [...document.querySelectorAll(`main :is(${one})`)]);
  const fault = faults.find((one) => one.checkVisibility());
  let target = fault || (kept.where && before(kept.where));
  if (!target) return;
  const menu = target.closest("details");
  if (menu && !menu.open) target = menu.querySelector("summary");
  if (target.matches("p, section")) target.tabIndex = -1; // words, which take no focus by themselves
  target.focus({ focusVisible: true });
})();
