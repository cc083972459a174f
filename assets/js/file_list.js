// The list of files under way in a field: a line each with name, state, progress and buttons. The list is empty for React,
// so it is ours.
// Contract: [data-files]: the list, [data-note]: what went wrong, [data-status]: what is said aloud; the field's
// data-word-remove and data-word-retry name the buttons.
import { need } from "./page.js";

/** @typedef {"remove" | "retry"} Action */

/**
 * One of the field's data-word-….
 * @param {HTMLElement} field
 * @param {string} name
 */
export const word = (field, name) => field.getAttribute("data-word-" + name) ?? "";

/**
 * @param {HTMLElement} field
 * @param {string} words
 */
export function note(field, words) {
  need(field, "[data-note]").textContent = words;
}

/**
 * @param {HTMLElement} field
 * @param {string} words
 */
export function say(field, words) {
  need(field, "[data-status]").textContent = words;
}

/**
 * A line for a file in the field's list.
 * @param {HTMLElement} field
 * @param {File} file
 * @param {string} state
 * @param {(line: HTMLElement) => void} onRemove
 */
export function addLine(field, file, state, onRemove) {
  const line = make("li", "file");
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.setAttribute("aria-label", file.name);
  line.append(make("span", "name", file.name), make("span", "what", state), bar);
  addButton(field, line, "remove", file, () => onRemove(line));
  need(field, "[data-files]").append(line);
  return line;
}

/**
 * @param {HTMLElement} field
 * @param {HTMLElement} line
 * @param {Action} action
 * @param {File} file
 * @param {() => void} act
 */
export function addButton(field, line, action, file, act) {
  const button = document.createElement("button");
  button.className = "btn ghost s2";
  button.type = "button";
  button.textContent = word(field, action);
  button.setAttribute("aria-label", button.textContent + ": " + file.name);
  button.addEventListener("click", act);
  line.append(button);
}

/**
 * @param {HTMLElement} line
 * @param {string} words
 */
export function setState(line, words) {
  need(line, ".what").textContent = words;
}

/**
 * Move the line's bar as the request's body goes.
 * @param {HTMLElement} line
 * @param {XMLHttpRequest} request
 */
export function showProgress(line, request) {
  request.upload.onprogress = (event) => {
    need(line, "progress", HTMLProgressElement).value = (100 * event.loaded) / event.total;
  };
}

/**
 * The files chosen; the same one may be chosen again.
 * @param {HTMLInputElement} input
 */
export function takeFiles(input) {
  const files = [...(input.files ?? [])];
  input.value = "";
  return files;
}

/**
 * @param {string} tag
 * @param {string} name
 * @param {string} [words]
 */
function make(tag, name, words) {
  const node = document.createElement(tag);
  node.className = name;
  if (words) node.textContent = words;
  return node;
}
