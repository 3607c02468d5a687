// Gives the focus to everything that can have it, one after the other, and lists what does not show that it has it: by
// an outline of 2 px of its own or of what it stands for (a row, a label). In the page: `() => …`.
() => {
  const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const has = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const scope = document.querySelector("dialog[open]") || document; // nothing behind it can be reached
  const faults = [];
  for (const element of scope.querySelectorAll(FOCUSABLE)) {
    if (element.disabled || element.tabIndex < 0 || !element.checkVisibility({ visibilityProperty: true })) continue;
    element.focus({ preventScroll: true, focusVisible: true });
    if (document.activeElement !== element) faults.push(`takes no focus: ${element.outerHTML.slice(0, 160)}`);
    else if (![element, element.closest("[data-row], .near-row, label")].some((one) => one && has(one))) {
      faults.push(`focus cannot be seen: ${element.outerHTML.slice(0, 160)}`);
    }
  }
  document.activeElement.blur();
  return faults;
}
