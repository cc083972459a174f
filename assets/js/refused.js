// A refused form: the focus goes to its first wrong field.
// Contract: aria-invalid of the fields, set by the answer to what was sent.
import { find } from "./page.js";
import { onChange } from "./watch.js";

/** @type {Element | null} */
let sent = null;

document.addEventListener("submit", ({ target }) => {
  sent = target instanceof Element ? target : null;
});

onChange("aria-invalid", (input) => {
  if (input.getAttribute("aria-invalid") !== "true" || !sent?.contains(input)) return;
  const first = find(sent, "[aria-invalid=true]");
  sent = null;
  first?.focus();
});
