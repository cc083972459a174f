// Drafts: a form is kept in this browser at every keystroke (draft_store.js) and, a moment later, on the server.
// Contract: form[data-draft]: its name, with data-draft-key (another one after sending) and data-draft-url;
// [data-draft-state] with data-saved and data-offline: what is said; [data-draft-notice]: shown when one has come back.
import { forget, forgetAll, keep, kept } from "./draft_store.js";
import { all, around, find } from "./page.js";
import { onAppear } from "./watch.js";

const PAUSE_MS = 800;
const RETRY_MS = 5000;
/** @type {WeakMap<EventTarget, ReturnType<typeof setTimeout>>} */
const timers = new WeakMap();

/**
 * @param {HTMLFormElement} form
 * @returns {(HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement)[]}
 */
function fieldsOf(form) {
  const texts = all(form, "input[name]:not([type=file]):not([type=hidden])", HTMLInputElement);
  return [
    ...all(form, "select[name]", HTMLSelectElement),
    ...all(form, "textarea[name]", HTMLTextAreaElement),
    ...texts,
  ];
}

/**
 * @param {HTMLFormElement} form
 * @param {"saved" | "offline"} word
 */
function say(form, word) {
  const line = find(form, "[data-draft-state]");
  if (line) line.textContent = (word === "saved" ? line.dataset.saved : line.dataset.offline) ?? "";
}

/**
 * @param {HTMLFormElement} form
 * @param {number} pause
 */
function sendLater(form, pause) {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(send, pause, form));
}

/** @param {HTMLFormElement} form */
async function send(form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  const { draft: name = "", draftUrl = "" } = form.dataset;
  const draft = kept(name);
  if (!draft || draft.saved || !form.isConnected) return;
  const body = new URLSearchParams(draft.values);
  body.set("key", draft.key);
  try {
    const answer = await fetch(draftUrl, { method: "POST", body, keepalive: true });
    if (answer.status === 409) return forget(name); // it has been sent meanwhile
    if (!answer.ok) throw new Error(String(answer.status));
    if (JSON.stringify(kept(name)) !== JSON.stringify(draft)) return; // more has been typed
    keep(name, { ...draft, saved: true });
    say(form, "saved");
  } catch {
    say(form, "offline");
    sendLater(form, RETRY_MS);
  }
}

function sendAll() {
  for (const form of all(document, "form[data-draft]", HTMLFormElement)) send(form);
}

onAppear("form[data-draft]", HTMLFormElement, (form) => {
  const name = form.dataset.draft;
  const draft = name ? kept(name) : null;
  if (!name || !draft || draft.saved) return;
  if (draft.key !== form.dataset.draftKey) return forget(name);
  for (const field of fieldsOf(form)) {
    const value = draft.values[field.name];
    if (value !== undefined) field.value = value;
  }
  const notice = find(form, "[data-draft-notice]");
  if (notice) notice.hidden = false;
  send(form);
});

document.addEventListener("input", ({ target }) => {
  const form = around(target, "form[data-draft]", HTMLFormElement);
  const name = form?.dataset.draft;
  if (!form || !name) return;
  const values = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
  keep(name, { key: form.dataset.draftKey ?? "", values, saved: false });
  sendLater(form, PAUSE_MS);
});

document.addEventListener("submit", ({ target }) => {
  if (!(target instanceof HTMLFormElement)) return;
  if (target.matches("form[action='/api/logout']")) return forgetAll();
  clearTimeout(timers.get(target)); // what is sent needs no draft
  timers.delete(target);
});

addEventListener("online", sendAll);
addEventListener("pagehide", sendAll);
