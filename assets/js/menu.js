// Menus close by Escape, by a click aside and by choosing an item; a form inside a menu (the period) leaves it open.
// Contract: details[data-menu] with a summary; what is chosen has the class "item".
import { all, around, find, need } from "./page.js";
import { onOtherPress } from "./press.js";

/**
 * What takes the focus for an element: a menu's face for what is hidden in the menu.
 * @param {HTMLElement} node
 */
export function faceOf(node) {
  const menu = around(node, "details[data-menu]");
  return menu ? need(menu, "summary") : node;
}

onOtherPress((target) => {
  const menu = around(target, "details[data-menu]");
  const item = menu && around(target, ".item");
  if (item) faceOf(item).focus(); // where a dialog it opens gives the focus back
  for (const open of all(document, "details[data-menu][open]", HTMLDetailsElement)) {
    if (item || open !== menu) open.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = find(document, "details[data-menu][open]", HTMLDetailsElement);
  if (!open) return;
  open.open = false;
  need(open, "summary").focus();
});
