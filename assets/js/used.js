// «Передать показания»: what was used since the last reading, worked out while typing.
// Contract: input[data-last]: the last reading; what is said stands at <id>-used with data-word, data-unit and data-less;
// [data-total] with data-word and data-unit: the sum, times the form's data-ratio.
import { shownNumber } from "./language.js";
import { all, find } from "./page.js";

document.addEventListener("input", ({ target }) => {
  if (target instanceof HTMLInputElement && target.matches("[data-last]") && target.form) showUsed(target.form);
});

/** @param {HTMLFormElement} form */
function showUsed(form) {
  const inputs = all(form, "input[data-last]", HTMLInputElement);
  const used = inputs.map((input) => plainNumber(input.value) - parseFloat(input.getAttribute("data-last") ?? ""));
  inputs.forEach((input, i) => showOne(input, used[i] ?? NaN));
  const total = find(form, "[data-total]");
  if (!total) return;
  const sum = used.reduce((before, one) => before + one, 0) * parseFloat(form.getAttribute("data-ratio") || "1");
  total.textContent = used.every((one) => one >= 0) ? kilowattHours(sum, total) : "";
}

/**
 * @param {HTMLInputElement} input
 * @param {number} used
 */
function showOne(input, used) {
  const out = document.getElementById(input.id + "-used");
  if (!out) return;
  out.classList.toggle("less", used < 0);
  if (isNaN(used)) out.textContent = "";
  else out.textContent = used < 0 ? out.getAttribute("data-less") : kilowattHours(used, out);
}

/** @param {string} typed */
function plainNumber(typed) {
  const text = typed.replace(/[\s\u00a0\u202f']/g, "").replace(",", ".");
  return /^\d+(\.\d+)?$/.test(text) ? parseFloat(text) : NaN;
}

/**
 * @param {number} value
 * @param {HTMLElement} node
 */
function kilowattHours(value, node) {
  return `${node.getAttribute("data-word")}: ${shownNumber(value, 1)}\u00a0${node.getAttribute("data-unit")}`;
}
