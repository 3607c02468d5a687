// Asks before a page is left on which words stand that nobody has sent: in a field for long text of any form, or
// anywhere in a form with data-long. A form with data-unsaved holds words that were sent and not taken. What saves
// itself (static/autosave.js) counts only where it could not.
"use strict";

(() => {
  let sent = null; // the form that is being sent: its words are on their way

  function isChanged(field) {
    if (field.matches("select")) {
      const options = [...field.options];
      const first = options.some((option) => option.defaultSelected) ? null : options[0];
      return options.some((option) => option.selected !== (option.defaultSelected || option === first));
    }
    if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
    return field.matches("input, textarea") && field.type !== "hidden" && field.value !== field.defaultValue;
  }

  function isUnsaved(form) {
    if (form === sent || form.method !== "post") return false;
    if (form.matches("[data-autosave]:not([data-stuck])")) return false;
    const counts = form.matches("[data-long]") ? "*" : "textarea";
    return form.matches("[data-unsaved]") || [...form.elements].some((field) => field.matches(counts) && isChanged(field));
  }

  addEventListener("submit", (event) => {
    if (!event.defaultPrevented) sent = event.target;
  });
  addEventListener("beforeunload", (event) => {
    if (![...document.forms].some(isUnsaved)) return;
    event.preventDefault();
    setTimeout(() => (sent = null)); // only where they have stayed
  });
})();
