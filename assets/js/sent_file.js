// A file that is sent as it is chosen, with the answer under its button.
// Contract: [data-planfile]: the address, with data-busy-words, data-failed-words, data-line-words, data-done-words and
// data-show-words, around a file input, [data-told] and [data-lines]; [data-after] is pressed when the file has been taken.
// Meanwhile it bears data-busy.
import { around, find, need } from "./page.js";

/** @typedef {{ line?: number, words: string }} Line */
/** @typedef {{ go?: string, title?: string, lines?: Line[], days?: string, changed?: string, first?: string, last?: string }} Said */

document.addEventListener("change", async ({ target }) => {
  const field = around(target, "[data-planfile]");
  if (!field || !(target instanceof HTMLInputElement) || target.type !== "file") return;
  const file = target.files?.[0];
  if (!file) return;
  target.value = ""; // the same file may be chosen again
  if (field.dataset.busy) return;
  field.dataset.busy = "true";
  tell(field, field.dataset.busyWords, []);
  const body = new FormData();
  body.append("file", file);
  try {
    const answer = await fetch(field.dataset.planfile ?? "", { method: "POST", body });
    answered(field, answer.ok, await answer.json());
  } catch {
    tell(field, field.dataset.failedWords, [], "bad");
  } finally {
    delete field.dataset.busy;
  }
});

/**
 * @param {HTMLElement} field
 * @param {boolean} isTaken
 * @param {Said} said
 */
function answered(field, isTaken, said) {
  const { doneWords = "", failedWords } = field.dataset;
  if (!isTaken) return tell(field, said.title || failedWords, said.lines ?? [], "bad");
  if (said.go) return location.assign(said.go);
  const after = find(field, "[data-after]");
  if (after) {
    tell(field, "", []);
    return after.click();
  }
  const done = doneWords.replace("{days}", String(said.days)).replace("{changed}", String(said.changed));
  tell(field, done, [], "good");
  need(field, "[data-told]").append(" ", linkTo(field, said));
}

/**
 * The days that have come, on the page that shows them.
 * @param {HTMLElement} field
 * @param {Said} said
 */
function linkTo(field, said) {
  const link = document.createElement("a");
  link.className = "link";
  link.textContent = field.dataset.showWords ?? "";
  const [, target = ""] = (field.dataset.planfile ?? "").split("?");
  link.href = `/plan-fact?first=${said.first}&last=${said.last}&${target}`;
  return link;
}

/**
 * @param {HTMLElement} field
 * @param {string | undefined} words
 * @param {Line[]} lines
 * @param {"good" | "bad"} [tone]
 */
function tell(field, words, lines, tone) {
  const told = need(field, "[data-told]");
  told.textContent = words ?? "";
  told.className = tone ?? "";
  const items = lines.map((line) => {
    const item = document.createElement("li");
    const place = line.line ? (field.dataset.lineWords ?? "").replace("{line}", String(line.line)) : "";
    item.textContent = place + line.words;
    return item;
  });
  need(field, "[data-lines]").replaceChildren(...items);
}
