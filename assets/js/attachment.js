// Attachments: a file is uploaded as it is chosen, its id goes into the hidden input of the form; a form is not sent while
// a file of it is under way.
// Contract: [data-attach]: the purpose, with data-most and data-word-sending, data-word-sent, data-word-lost,
// data-word-too-large, data-word-too-many, around a file input, a hidden input and a list of files (file_list.js).
// Meanwhile it bears data-busy; a line bears its data-id.
import { addLine, addRetry, countLines, note, say, setState, showProgress, takeFiles, word } from "./file_list.js";
import { isEnglish } from "./language.js";
import { all, around, find, need } from "./page.js";

const LARGEST = 10 * 1024 * 1024;
/** @type {WeakMap<HTMLElement, XMLHttpRequest>} */
const requests = new WeakMap();

document.addEventListener("change", ({ target }) => {
  const field = around(target, "[data-attach]");
  if (!field || !(target instanceof HTMLInputElement) || target.type !== "file") return;
  const files = takeFiles(target);
  note(field, "");
  for (const file of files) addFile(field, file);
});

/**
 * @param {HTMLElement} field
 * @param {File} file
 */
function addFile(field, file) {
  const most = parseInt(field.getAttribute("data-most") ?? "", 10);
  if (countLines(field) >= most) return note(field, word(field, "too-many"));
  if (file.size > LARGEST) return note(field, file.name + ": " + word(field, "too-large"));
  const line = addLine(field, file, word(field, "sending"), () => removeFile(field, line));
  line.dataset.id = "";
  send(field, file, line);
}

/**
 * @param {HTMLElement} field
 * @param {File} file
 * @param {HTMLElement} line
 */
function send(field, file, line) {
  const request = new XMLHttpRequest();
  const form = new FormData();
  form.append("file", file, file.name);
  requests.set(line, request);
  field.setAttribute("data-busy", "true");
  request.open("POST", "/api/attachments?purpose=" + field.getAttribute("data-attach"));
  request.responseType = "json";
  showProgress(line, request);
  request.onload = () => {
    if (request.status === 201) arrived(field, file, line, request.response);
    else {
      line.remove();
      note(field, file.name + ": " + (request.response?.title || request.status));
    }
    keepIds(field);
  };
  request.onerror = () => {
    setState(line, word(field, "lost"));
    addRetry(field, line, file, () => addFile(field, file));
    keepIds(field);
  };
  request.send(form);
}

/**
 * @param {HTMLElement} field
 * @param {File} file
 * @param {HTMLElement} line
 * @param {{ id: number, size: number }} answer
 */
function arrived(field, file, line, answer) {
  line.dataset.id = String(answer.id);
  line.classList.add("done");
  setState(line, shownSize(answer.size));
  say(field, word(field, "sent") + ": " + file.name);
}

/** @param {number} bytes */
function shownSize(bytes) {
  const [kilo, mega, point] = isEnglish() ? ["KB", "MB", "."] : ["КБ", "МБ", ","];
  if (bytes < 1048576) return Math.max(1, Math.round(bytes / 1024)) + "\u00a0" + kilo;
  return (bytes / 1048576).toFixed(1).replace(".", point) + "\u00a0" + mega;
}

/**
 * @param {HTMLElement} field
 * @param {HTMLElement} line
 */
function removeFile(field, line) {
  const request = requests.get(line);
  if (request) request.onload = request.onerror = null;
  if (line.dataset.id) fetch("/api/attachments/" + line.dataset.id, { method: "DELETE" });
  else request?.abort();
  line.remove();
  keepIds(field);
  need(field, "input[type=file]").focus();
}

/** @param {HTMLElement} field */
function keepIds(field) {
  const lines = all(field, "li.file");
  need(field, "input[type=hidden]", HTMLInputElement).value = lines.flatMap((line) => line.dataset.id || []).join(",");
  if (lines.every((line) => line.matches(".done, .lost"))) field.removeAttribute("data-busy");
}

addEventListener("submit", holdBack, true); // before anybody else hears of it

/** @param {Event} event */
function holdBack(event) {
  const busy = event.target instanceof Element && find(event.target, "[data-attach][data-busy]");
  if (!busy) return;
  event.preventDefault();
  event.stopPropagation();
  note(busy, word(busy, "sending"));
}
