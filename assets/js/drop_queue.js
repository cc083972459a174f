// Files on their way to the imports: three at a time, the others wait in the list; one that was lost or refused stays
// there with the reason and may be sent again.
// Contract: the field's data-largest (bytes) and data-word-sending, data-word-waiting, data-word-lost,
// data-word-too-large, data-word-sent, data-word-refused.
import { addLine, addRetry, note, say, setState, showProgress, word } from "./file_list.js";
import { need } from "./page.js";

const AT_ONCE = 3;
/** @type {(() => void)[]} */
const queue = [];
/** @type {WeakMap<HTMLElement, XMLHttpRequest>} */
const requests = new WeakMap();
/** @type {WeakSet<HTMLElement>} */
const gone = new WeakSet();
let underWay = 0;

/**
 * Send a file when it is its turn; `address` is asked then.
 * @param {HTMLElement} field
 * @param {File} file
 * @param {() => string} address
 */
export function queueFile(field, file, address) {
  const largest = parseInt(field.dataset.largest ?? "", 10);
  if (file.size > largest) return note(field, file.name + ": " + word(field, "too-large"));
  const line = addLine(field, file, word(field, "waiting"), () => giveUp(field, line));
  need(line, "progress", HTMLProgressElement).value = 0;
  queue.push(() => send(field, file, line, address));
  sendNext();
}

function sendNext() {
  while (underWay < AT_ONCE && queue.length) queue.shift()?.();
}

/**
 * @param {HTMLElement} field
 * @param {HTMLElement} line
 */
function giveUp(field, line) {
  gone.add(line);
  requests.get(line)?.abort();
  line.remove();
  need(field, "input[type=file]").focus();
}

/**
 * @param {HTMLElement} field
 * @param {File} file
 * @param {HTMLElement} line
 * @param {() => string} address
 */
function send(field, file, line, address) {
  if (gone.has(line)) return;
  const request = new XMLHttpRequest();
  requests.set(line, request);
  underWay += 1;
  setState(line, word(field, "sending"));
  request.open("POST", address());
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.responseType = "json";
  showProgress(line, request);
  request.onloadend = () => {
    underWay -= 1;
    sendNext();
    if (gone.has(line)) return;
    if (request.status === 202) {
      line.remove();
      say(field, word(field, "sent") + ": " + file.name);
    } else {
      const why = reason(field, request);
      setState(line, why);
      addRetry(field, line, file, () => queueFile(field, file, address));
      say(field, file.name + ": " + why);
    }
  };
  request.send(file);
}

/**
 * Why a file has not been taken, in words.
 * @param {HTMLElement} field
 * @param {XMLHttpRequest} request
 */
function reason(field, request) {
  if (!request.status) return word(field, "lost");
  /** @type {{ title?: string, fields?: Record<string, string> }} */
  const said = request.response ?? {};
  return (said.fields ? Object.values(said.fields).join(" ") : said.title) || word(field, "refused");
}
