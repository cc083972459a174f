// Imports: files dropped on the field or chosen in it are sent as they are (drop_queue.js); one that has arrived leaves
// the list, the page below shows it.
// Contract: [data-drop]: the address, around a file input and a list of files (file_list.js); named fields in
// [data-options] go along with every file.
import { queueFile } from "./drop_queue.js";
import { note, takeFiles } from "./file_list.js";
import { all, around } from "./page.js";

/** @param {DragEvent} event */
function fieldOf(event) {
  return event.dataTransfer?.types.includes("Files") ? around(event.target, "[data-drop]") : null;
}

for (const name of /** @type {const} */ (["dragenter", "dragover"])) {
  document.addEventListener(name, (event) => {
    const field = fieldOf(event);
    if (!field) return;
    event.preventDefault();
    field.classList.add("over");
  });
}

document.addEventListener("dragleave", (event) => {
  const field = fieldOf(event);
  const into = event.relatedTarget;
  if (field && !(into instanceof Node && field.contains(into))) field.classList.remove("over");
});

document.addEventListener("drop", (event) => {
  const field = fieldOf(event);
  if (!field) return;
  event.preventDefault();
  field.classList.remove("over");
  queueFiles(field, [...(event.dataTransfer?.files ?? [])]);
});

document.addEventListener("change", ({ target }) => {
  const field = around(target, "[data-drop]");
  if (field && target instanceof HTMLInputElement && target.type === "file") queueFiles(field, takeFiles(target));
});

/**
 * @param {HTMLElement} field
 * @param {File[]} files
 */
function queueFiles(field, files) {
  note(field, "");
  for (const file of files) queueFile(field, file, () => addressOf(field, file));
}

/**
 * Where a file goes, with the options as they stand when it is sent.
 * @param {HTMLElement} field
 * @param {File} file
 */
function addressOf(field, file) {
  const query = new URLSearchParams({ name: file.name });
  for (const option of all(field, "[data-options] [name]")) {
    if (!(option instanceof HTMLInputElement || option instanceof HTMLSelectElement)) continue;
    const isBox = option instanceof HTMLInputElement && option.type === "checkbox";
    const value = isBox ? (option.checked ? "1" : "") : option.value.trim();
    if (value) query.set(option.name, value);
  }
  return field.dataset.drop + "?" + query;
}
