// What a page must keep whatever it is about. In the page: `() => …`, gives a list of faults in words.
() => {
  const faults = [];
  const told = (element) => element.outerHTML.slice(0, 160);
  const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".unseen, .skip");

  const heads = [...document.querySelectorAll("h1")].filter((head) => head.checkVisibility());
  if (heads.length !== 1) faults.push(`${heads.length} first headings`);
  if (!/^\S.* · Amends$/.test(document.title)) faults.push(`title: ${document.title}`);

  // Targets of 24 px (WCAG 2.5.8), here without the exception for small ones with room around them. Links in a sentence
  // are as high as its lines; a tick is as large as its label; a row is opened wherever it is pressed.
  const scope = document.querySelector("dialog[open]") || document; // nothing behind it can be reached
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  for (const element of scope.querySelectorAll(CONTROLS)) {
    if (!seen(element)) continue;
    const label = element.matches("[type=checkbox], [type=radio]") && element.labels[0];
    const target = label || (element.matches(".row-link, .near-link") && element.closest("[data-row], .near-row")) || element;
    const inSentence = getComputedStyle(element).display === "inline" && element.parentElement.textContent.trim() !== element.textContent.trim();
    const { width, height } = target.getBoundingClientRect();
    if (!inSentence && (width < 23.9 || height < 23.9)) faults.push(`${width.toFixed(1)} x ${height.toFixed(1)} px: ${told(element)}`);
  }

  // Where one is: something other than a colour tells it from its neighbours.
  const shape = (element) => {
    const style = getComputedStyle(element);
    return [style.fontWeight, style.textDecorationLine, style.borderBottomWidth, style.listStyleType, style.outlineStyle].join();
  };
  for (const element of document.querySelectorAll("[aria-current]")) {
    if (!seen(element)) continue;
    const list = element.closest("ul, [role=group], nav, ol");
    const other = list && [...list.querySelectorAll("a:not([aria-current])")].find(seen);
    if (other && shape(other) === shape(element)) faults.push(`told by colour alone: ${told(element)}`);
  }
  return faults;
}
