// Plans by hour: a column pasted from a spreadsheet, Enter and arrows between hours, the running sum.
// Contract: table[data-grid] of inputs, the first of a row summed up in [data-sum].
import { shownNumber } from "./language.js";
import { all, around, need } from "./page.js";

/** @param {EventTarget | null} target */
function cellOf(target) {
  return target instanceof HTMLInputElement && target.matches("[data-grid] input") ? target : null;
}

/**
 * The inputs of the table, by row.
 * @param {HTMLInputElement} input
 */
function cells(input) {
  const rows = around(input, "[data-grid]", HTMLTableElement)?.tBodies[0]?.rows ?? [];
  return [...rows].map((row) => all(row, "input", HTMLInputElement));
}

/** @param {string} text */
function amount(text) {
  return parseFloat(text.replace(/[\s\u00a0]/g, "").replace(",", "."));
}

/** @param {HTMLInputElement} input */
function sum(input) {
  const amounts = cells(input).map(([first]) => amount(first?.value ?? ""));
  const known = amounts.filter((one) => !isNaN(one));
  const total = known.reduce((before, one) => before + one, 0);
  const grid = around(input, "[data-grid]") ?? document;
  need(grid, "[data-sum]").textContent = known.length ? shownNumber(total, 3) : "—";
}

document.addEventListener("paste", (event) => {
  const input = cellOf(event.target);
  const text = event.clipboardData?.getData("text/plain").replace(/\r?\n$/, "") ?? "";
  if (!input || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  const lines = text.split(/\r?\n/).map((line) => line.split("\t"));
  const [head = ""] = lines[0] ?? [];
  if (lines.length > 1 && isNaN(amount(head)) && head.trim()) lines.shift(); // a heading
  const grid = cells(input);
  const top = grid.findIndex((row) => row.includes(input));
  const left = grid[top]?.indexOf(input) ?? 0;
  lines.forEach((line, down) => {
    line.forEach((value, right) => {
      const target = grid[top + down]?.[left + right];
      if (target) target.value = value.trim();
    });
  });
  sum(input);
});

document.addEventListener("keydown", (event) => {
  const input = cellOf(event.target);
  const down = event.key === "ArrowUp" ? -1 : event.key === "Enter" || event.key === "ArrowDown" ? 1 : 0;
  if (!input || !down || event.isComposing) return;
  event.preventDefault();
  const grid = cells(input);
  const here = grid.findIndex((row) => row.includes(input));
  const next = grid[here + down]?.[grid[here]?.indexOf(input) ?? 0];
  next?.focus();
  next?.select();
});

document.addEventListener("input", ({ target }) => {
  const input = cellOf(target);
  if (input) sum(input);
});
