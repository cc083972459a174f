// What is new is read when it is in view in a tab that is looked at: the hidden button beside it is pressed then.
// Contract: button[data-see] in what is to be in view.
import { all } from "./page.js";
import { onAppear } from "./watch.js";

/** @param {HTMLElement} button */
function look(button) {
  if (!button.parentElement) return;
  new IntersectionObserver((seen, observer) => {
    if (!button.isConnected) return observer.disconnect();
    if (document.visibilityState !== "visible" || !seen.some((one) => one.isIntersecting)) return;
    observer.disconnect();
    button.click();
  }).observe(button.parentElement);
}

onAppear("[data-see]", HTMLElement, look);

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") all(document, "[data-see]").forEach(look);
});
