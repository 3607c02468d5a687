// Saves a form with data-autosave two seconds after the last letter was typed into it. The form works without: its
// button does the same. What could not be saved stays in its field, and is not left without a question.
//
//   data-autosave          on the form; the server answers JSON {told, version} where the request carries X-Autosave
//   data-autosave-told     inside it: where to say how it went
//   data-unreachable       on the form: the words for when no answer came
//   data-suggestion        inside it: goes once something is saved
"use strict";

(() => {
  const WAIT_MS = 2000;
  const AGAIN_MS = 15000;

  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const told = form.querySelector("[data-autosave-told]");
    let isUnsaved = false;
    let isSaving = false;
    let timer = 0;

    const later = (ms) => {
      clearTimeout(timer);
      timer = setTimeout(save, ms);
    };

    async function save() {
      if (isSaving) return later(WAIT_MS);
      isSaving = true;
      isUnsaved = false;
      try {
        const answer = await fetch(form.action, {
          method: "POST",
          body: new URLSearchParams(new FormData(form)),
          headers: { "X-Autosave": "1" },
          redirect: "error",
        });
        const found = await answer.json();
        told.textContent = found.told;
        if (answer.ok) {
          form.elements.version.value = found.version;
          for (const one of form.querySelectorAll("[data-suggestion]")) one.hidden = true;
        } else {
          isUnsaved = true; // only a person can say what becomes of it
        }
      } catch (error) {
        isUnsaved = true;
        told.textContent = form.dataset.unreachable;
        later(AGAIN_MS);
      } finally {
        isSaving = false;
      }
      return undefined;
    }

    form.addEventListener("input", () => {
      isUnsaved = true;
      later(WAIT_MS);
    });
    form.addEventListener("submit", () => {
      isUnsaved = false;
      clearTimeout(timer);
    });
    addEventListener("beforeunload", (event) => {
      if (isUnsaved) event.preventDefault();
    });
  }
})();
