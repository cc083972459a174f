// A form that leads to another page is sent once, however often its button is pressed.
// Contract: form[data-once]; while it is under way it bears data-sent.
import { all } from "./page.js";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("form[data-once]")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "true";
});

// Back from the page the form led to: it may be sent again.
addEventListener("pageshow", () => {
  for (const form of all(document, "form[data-sent]")) delete form.dataset.sent;
});
