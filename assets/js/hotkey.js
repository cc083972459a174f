// The supplier's desk: keys press the real buttons, by their place on the keyboard (whatever the layout); never while
// somebody types.
// Contract: [data-hotkey]: the key, with data-pick: the id of a choice that is made first, and data-focus: the id of what
// gets the focus instead of a press; j, k and arrows walk through [data-desk-row].
import { all, find } from "./page.js";

/** @type {Record<string, number>} */
const STEPS = { KeyJ: 1, ArrowDown: 1, KeyK: -1, ArrowUp: -1 };
const TYPED = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

/** @param {number} by */
function step(by) {
  const rows = all(document, "[data-desk-row]");
  const here = rows.findIndex((row) => row.getAttribute("aria-current") === "true");
  const row = rows[here < 0 ? 0 : Math.min(Math.max(here + by, 0), rows.length - 1)];
  row?.click();
  row?.scrollIntoView({ block: "nearest" });
  return !!row;
}

/** @param {KeyboardEvent} event */
function keyOf({ key, code, shiftKey }) {
  if (key === "?" || (code === "Slash" && shiftKey)) return "?";
  if (key === "/" || code === "Slash") return "/";
  return shiftKey || !code.startsWith("Key") ? "" : code.slice(3).toLowerCase();
}

/** @param {HTMLElement} button */
function press(button) {
  document.getElementById(button.getAttribute("data-pick") ?? "")?.click();
  const field = document.getElementById(button.getAttribute("data-focus") ?? "");
  if (!field) return button.click();
  field.focus();
  if (field instanceof HTMLTextAreaElement) field.setSelectionRange(field.value.length, field.value.length);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.isComposing) return;
  if (!find(document, "[data-hotkey]") || find(document, "dialog[open]")) return;
  const { target } = event;
  if (target instanceof HTMLElement && target.closest(TYPED)) {
    if (event.key === "Escape") target.blur();
    return;
  }
  const by = event.shiftKey ? 0 : STEPS[event.code];
  if (by) {
    if (step(by)) event.preventDefault();
    return;
  }
  const key = keyOf(event);
  const button = key && find(document, `[data-hotkey="${key}"]:not([disabled])`);
  if (!button) return;
  event.preventDefault();
  press(button);
});
