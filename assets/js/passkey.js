// Passkeys: the browser asks an authenticator for one, or to make one, and the form is sent with its answer.
// Contract: [data-passkey] is pressed, in a form: where the options come from, unless data-options has them; with
// data-word-asking, data-word-cancelled, data-word-unsupported, data-word-known, data-word-address and data-word-failed,
// said in the form's [data-passkey-said]. The answer goes into its input "answer"; [data-passkey-send] sends it if there
// is one.
import { word } from "./file_list.js";
import { around, find, need } from "./page.js";
import { onPress } from "./press.js";

/** @typedef {{ get?: PublicKeyCredentialRequestOptionsJSON, create?: PublicKeyCredentialCreationOptionsJSON }} Options */

/** The server's own words. */
class Refused extends Error {}

onPress("[data-passkey]", async (button) => {
  const form = around(button, "form", HTMLFormElement);
  if (!form || button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  say(form, asking(button), "hint");
  try {
    const answer = await answered(await options(button));
    say(form, "", "hint");
    send(form, JSON.stringify(answer));
  } catch (error) {
    say(form, words(button, error), "err");
  } finally {
    button.removeAttribute("aria-busy");
  }
});

/** @param {HTMLElement} field */
const asking = (field) => word(field, "asking");

/**
 * @param {HTMLElement} button
 * @returns {Promise<Options>}
 */
async function options(button) {
  const { passkey = "", options = "" } = button.dataset;
  if (options) return JSON.parse(options);
  const answer = await fetch(passkey, { method: "POST" });
  const said = await answer.json();
  if (!answer.ok) throw new Refused(said.title);
  return said;
}

/** @param {Options} options */
async function answered({ get, create }) {
  // `lib.dom` has them always; browsers of before 2025 do not
  const known = /** @type {{ PublicKeyCredential?: typeof PublicKeyCredential }} */ (window).PublicKeyCredential;
  if (!known?.parseRequestOptionsFromJSON) throw new DOMException("", "NotSupportedError");
  const { credentials } = navigator;
  const made = get
    ? await credentials.get({ publicKey: known.parseRequestOptionsFromJSON(get) })
    : await credentials.create({ publicKey: create && known.parseCreationOptionsFromJSON(create) });
  return /** @type {PublicKeyCredential} */ (made).toJSON();
}

/**
 * @param {HTMLFormElement} form
 * @param {string} answer
 */
function send(form, answer) {
  const input = need(form, "[name=answer]", HTMLInputElement);
  input.value = answer;
  form.requestSubmit(find(form, "[data-passkey-send]"));
  input.value = ""; // it is good once
}

/**
 * @param {HTMLFormElement} form
 * @param {string} words
 * @param {"hint" | "err"} tone
 */
function say(form, words, tone) {
  const said = need(form, "[data-passkey-said]");
  said.textContent = words;
  said.className = tone;
}

/**
 * @param {HTMLElement} field
 * @param {unknown} error
 */
function words(field, error) {
  if (error instanceof Refused && error.message) return error.message;
  switch (error instanceof DOMException && error.name) {
    case "NotAllowedError":
    case "AbortError":
      return word(field, "cancelled");
    case "NotSupportedError":
    case "ConstraintError":
      return word(field, "unsupported");
    case "InvalidStateError":
      return word(field, "known");
    case "SecurityError":
      return word(field, "address");
    default:
      return word(field, "failed");
  }
}
