// The supplier's desk: an answer remembers which version of the ticket it answers, from its first letter on.
// Contract: form[data-version]: the version shown now, with input[data-begun]: the one that is answered.
import { around, find } from "./page.js";

document.addEventListener("input", ({ target }) => {
  const form = target instanceof HTMLTextAreaElement && around(target, "form[data-version]");
  const begun = form && find(form, "[data-begun]", HTMLInputElement);
  if (!begun) return;
  if (!target.value) begun.value = "";
  else if (!begun.value) begun.value = form.getAttribute("data-version") ?? "";
});
