// A detail into the clipboard; the page says so, to those who listen as well.
// Contract: [data-copy]: what is copied when it is pressed, with data-said: what is said then in [data-copy-status].
import { find } from "./page.js";
import { onPress } from "./press.js";

onPress("[data-copy]", (button) => {
  const value = button.getAttribute("data-copy") ?? "";
  const say = () => sayCopied(button);
  const byHand = () => {
    if (copyByHand(value, button)) say();
  };
  // `lib.dom` has a clipboard always; a page without https has none
  const { clipboard } = /** @type {{ clipboard?: Clipboard }} */ (navigator);
  if (clipboard) clipboard.writeText(value).then(say, byHand);
  else byHand();
});

/** @param {HTMLElement} button */
function sayCopied(button) {
  const region = find(document, "[data-copy-status]");
  if (region) {
    region.textContent = "";
    setTimeout(() => (region.textContent = button.getAttribute("data-said")), 50);
  }
  button.classList.add("done");
  setTimeout(() => button.classList.remove("done"), 2000);
}

/**
 * A hidden field and the old command.
 * @param {string} value
 * @param {HTMLElement} button
 */
function copyByHand(value, button) {
  const field = document.createElement("textarea");
  field.value = value;
  field.style.position = "fixed";
  field.style.opacity = "0";
  document.body.appendChild(field);
  field.select();
  const isDone = document.execCommand("copy");
  field.remove();
  button.focus();
  return isDone;
}
