// The list of files under way in a field: a line each with name, state, progress and buttons. The list is empty for React,
// so it is ours.
// Contract: [data-files]: the list, [data-note]: what went wrong, [data-status]: what is said aloud; the field's
// data-word-remove and data-word-retry name the buttons.
import { need } from "./page.js";

/**
 * One of the field's data-word-….
 * @param {HTMLElement} field
 * @param {string} name
 */
export const word = (field, name) => field.getAttribute("data-word-" + name) ?? "";

/** @param {HTMLElement} field @param {string} words */
export function note(field, words) {
  need(field, "[data-note]").textContent = words;
}

/** @param {HTMLElement} field @param {string} words */
export function say(field, words) {
  need(field, "[data-status]").textContent = words;
}

/**
 * How many files stand in the field's list.
 * @param {HTMLElement} field
 */
export const countLines = (field) => need(field, "[data-files]").children.length;

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
  line.append(makeButton(word(field, "remove"), file, () => onRemove(line)));
  need(field, "[data-files]").append(line);
  return line;
}

/**
 * What was lost may be tried again: instead of this line comes another one.
 * @param {HTMLElement} field
 * @param {HTMLElement} line
 * @param {File} file
 * @param {() => void} again
 */
export function addRetry(field, line, file, again) {
  const retry = () => {
    line.remove();
    again();
  };
  line.classList.add("lost");
  line.append(makeButton(word(field, "retry"), file, retry));
}

/** @param {HTMLElement} line @param {string} words */
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
 * @param {string} words
 * @param {File} file
 * @param {() => void} act
 */
function makeButton(words, file, act) {
  const button = make("button", "btn ghost s2", words);
  button.setAttribute("type", "button");
  button.setAttribute("aria-label", words + ": " + file.name);
  button.addEventListener("click", act);
  return button;
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
