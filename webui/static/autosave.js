// Saves a form with data-autosave two seconds after a letter was typed into it, though more are typed meanwhile, and at
// once when the page is left. The form works without: its button does the same. What could not be saved stays in its
// field, and is marked with data-stuck: static/unsaved.js then asks before the page is left.
//
//   data-autosave          on the form: where to, or nothing for the form's own address. The server answers JSON
//                          {told, version} where the request carries X-Autosave
//   data-autosave-version  on the form: the name of the field with the version; without it, "version"
//   data-autosave-told     inside it: where to say how it went
//   data-unreachable       on the form: the words for when no answer came
//   data-suggestion        inside it: goes once something is saved
//
// static/offline.js is told when no answer came (amends:unreached), and tells when there is one again (amends:reached).
"use strict";

(() => {
  const WAIT_MS = 2000;
  const AGAIN_MS = 15000;
  const KEPT_ALIVE_MOST = 60000; // browsers refuse to send more than 64 KiB so
  const region = document.getElementById("told");
  const kept = new Map(); // of each form: what saves it, and whether there is something to save
  let isHeld = false; // a form waits to be sent
  let isPassing = false; // what was held back is sent now

  function keeper(form) {
    const told = form.querySelector("[data-autosave-told]");
    const version = form.elements[form.dataset.autosaveVersion || "version"];
    const fields = [...form.querySelectorAll("textarea")];
    let isUnsaved = false;
    let saving = null;
    let timer = 0;
    let due = Infinity; // when the timer ends

    function tell(words) {
      if (told.textContent !== words) told.textContent = words; // the same again would be read out again
    }

    function stick(words) {
      isUnsaved = true;
      form.toggleAttribute("data-stuck", true);
      tell(words);
    }

    function later(ms) {
      const at = performance.now() + ms;
      if (due <= at) return; // typing on does not put off what is due before
      clearTimeout(timer);
      due = at;
      timer = setTimeout(save, ms);
    }

    function notLater() {
      clearTimeout(timer);
      due = Infinity;
    }

    async function send() {
      const sent = fields.map((field) => field.value);
      const body = new URLSearchParams(new FormData(form));
      let answer;
      try {
        answer = await fetch(form.dataset.autosave || form.action, {
          method: "POST",
          body,
          headers: { "X-Autosave": "1" },
          redirect: "error",
          keepalive: String(body).length < KEPT_ALIVE_MOST, // it arrives even where the page is left meanwhile
        });
      } catch (error) {
        stick(form.dataset.unreachable);
        document.dispatchEvent(new Event("amends:unreached"));
        return later(AGAIN_MS);
      }
      if (answer.status === 401) return stick(region.dataset.out);
      const found = await answer.json().catch(() => null);
      if (!answer.ok) return stick(found ? found.told : region.dataset.failed); // only a person can say what becomes of it
      version.value = found.version;
      fields.forEach((field, at) => (field.defaultValue = sent[at])); // what is saved is no longer unsaved
      form.toggleAttribute("data-stuck", false);
      tell(found.told);
      for (const one of form.querySelectorAll("[data-suggestion]")) one.hidden = true;
      return undefined;
    }

    // One after the other: each save carries the version that the one before has given.
    async function save() {
      notLater();
      if (saving) await saving;
      if (!isUnsaved || saving) return saving;
      isUnsaved = false;
      saving = send().finally(() => (saving = null));
      return saving;
    }

    form.addEventListener("input", () => {
      isUnsaved = true;
      later(WAIT_MS);
    });
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      isUnsaved = false;
      notLater();
    });
    return {
      save,
      stick: () => stick(form.dataset.unreachable),
      isUnsaved: () => isUnsaved || saving !== null,
      underWay: () => saving,
    };
  }

  for (const form of document.querySelectorAll("form[data-autosave]")) kept.set(form, keeper(form));
  const savingOf = (form) => kept.get(form)?.underWay();
  const unsaved = (but) => [...kept].filter(([form, keeper]) => form !== but && keeper.isUnsaved());

  // A form is sent: the page that comes back shows what was typed in the others, so that has to be there first; and a
  // save of the form itself that is under way gives it the version to be sent with.
  document.addEventListener(
    "submit",
    async (event) => {
      if (isPassing || event.defaultPrevented) return;
      const others = unsaved(event.target);
      if (!isHeld && !others.length && !savingOf(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      if (isHeld) return; // pressed twice
      isHeld = true;
      await Promise.all(others.map(([, keeper]) => keeper.save()));
      while (savingOf(event.target)) await savingOf(event.target); // one may begin as the other ends
      isHeld = false;
      isPassing = true;
      event.target.requestSubmit(event.submitter);
      isPassing = false;
    },
    true,
  );
  addEventListener("beforeunload", () => {
    for (const [, keeper] of unsaved()) {
      if (navigator.onLine) keeper.save();
      else keeper.stick();
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) unsaved().forEach(([, keeper]) => keeper.save()); // phones end pages without a word
  });
  document.addEventListener("amends:reached", () => unsaved().forEach(([, keeper]) => keeper.save()));
})();
