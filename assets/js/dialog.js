// A dialog is modal: the focus goes to its first field and, when the page has removed it, back to what opened it.
// Contract: dialog[data-modal] with [data-close], which Escape presses; [data-first] gets the focus if there is one.
import { faceOf } from "./menu.js";
import { find } from "./page.js";
import { onAppear, onLeave } from "./watch.js";

/** @type {WeakMap<Element, Element | null>} what had the focus; a removed dialog's close() would give nothing back */
const openers = new WeakMap();

onAppear("dialog[data-modal]", HTMLDialogElement, (dialog) => {
  if (!dialog.isConnected || dialog.open) return;
  openers.set(dialog, document.activeElement);
  dialog.showModal();
  find(dialog, "[data-first], input:not([type=hidden]), select, textarea")?.focus();
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault(); // the state closes it, so that both agree
    find(dialog, "[data-close]")?.click();
  });
});

onLeave((node) => {
  const dialog = node.matches("dialog") ? node : find(node, "dialog");
  const opener = dialog && openers.get(dialog);
  if (opener instanceof HTMLElement && opener.isConnected) faceOf(opener).focus();
});
