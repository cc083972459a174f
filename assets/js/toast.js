// A confirmation goes after six seconds, but not while somebody points at it.
// Contract: [data-fade] with a [data-close] that is pressed then.
import { need } from "./page.js";
import { onAppear } from "./watch.js";

onAppear("[data-fade]", HTMLElement, fade);

/** @param {HTMLElement} toast */
function fade(toast) {
  const close = need(toast, "[data-close]");
  setTimeout(() => {
    if (!close.isConnected) return;
    if (toast.matches(":hover, :focus-within")) fade(toast);
    else close.click();
  }, 6000);
}
