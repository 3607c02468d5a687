// What makes writing an answer quicker: the field at hand from the first look, letters left, Ctrl+Enter, copying, and looking again once it has gone out.
// Checking while somebody types is htmx's; everything here has a button or a field that does without.
"use strict";

(() => {
  const LOOK_AFTER_MS = 4000; // after it went out, the worker has taken it

  // The answer rests on the lower edge of the window down to its buttons, or as far as leaves most of the words in sight.
  // That is settled once: what comes and goes below the field while somebody types moves nothing above it.
  const MOST_SEEN = 0.42; // of the height of the window
  const answer = document.getElementById("answer");
  if (answer && answer.matches(".answer")) {
    answer.classList.add("answer-peeks");
    const top = answer.getBoundingClientRect().top;
    const ends = [...answer.querySelectorAll(".buttons, .answer-acts")].map((one) => one.getBoundingClientRect().bottom - top + 12);
    const seen = Math.min(ends[0] || Infinity, answer.offsetHeight, innerHeight * MOST_SEEN);
    answer.parentElement.style.setProperty("--answer-seen", `${seen}px`);
    const rest = () => answer.style.setProperty("--answer-below", `${Math.max(0, answer.offsetHeight - seen)}px`);
    new ResizeObserver(rest).observe(answer);
    rest();
  }

  for (const field of document.querySelectorAll("[data-answer]")) {
    const told = field.form.querySelector("[data-counted]");
    const length = (text) => ("countBytes" in field.dataset ? new TextEncoder().encode(text).length : [...text].length);
    const tell = () => {
      const left = Number(field.dataset.count) - length(field.value);
      told.textContent = told.dataset.words.replace("{left}", left.toLocaleString(document.documentElement.lang));
      told.classList.toggle("answer-over", left < 0);
    };
    if (told) {
      field.addEventListener("input", tell);
      tell();
    }
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      field.form.querySelector('[data-key="submit"]').click();
    });
  }

  // What the checks found is put in place anew while somebody is in the midst of it: what they opened, ticked and wrote
  // there since the checks began stays. The tick goes where something else warns now.
  const findings = document.getElementById("findings");
  const there = (name) => findings.querySelector(name);
  let was = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== findings || !event.detail.shouldSwap) return;
    was = {
      isOpen: there("details")?.open,
      isTicked: there("[name=ticked]")?.checked,
      read: (there("[name=read]")?.value || "").split(" "),
      reason: there("[name=lift_reason]")?.value,
    };
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== findings || !was) return;
    const [hints, tick, read, reason] = ["details", "[name=ticked]", "[name=read]", "[name=lift_reason]"].map(there);
    if (hints && was.isOpen !== undefined) hints.open = was.isOpen || hints.open;
    if (tick) tick.checked = Boolean(was.isTicked) && read.value.split(" ").every((one) => was.read.includes(one));
    if (reason && was.reason !== undefined) reason.value = was.reason;
    was = null;
  });

  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) {
      button.hidden = true; // a page that came without TLS: the words are marked by hand
      continue;
    }
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
    });
  }

  for (const held of document.querySelectorAll("[data-counts-down]")) {
    const isTyped = () => [...document.querySelectorAll("textarea")].some((one) => one.value !== one.defaultValue);
    const look = () => (isTyped() ? setTimeout(look, LOOK_AFTER_MS) : location.reload());
    setTimeout(look, Number(held.dataset.countsDown) * 1000 + LOOK_AFTER_MS);
  }
})();
