// Language: the page is prerendered in Russian. In English it stays hidden until React has put the English words in
// (at most a second: the style sheet reveals it anyway).
// Contract: [data-lang]: "ru" or "en", chosen by pressing.
import { onPress } from "./press.js";

const root = document.documentElement;

if (/(?:^|; )lang=en(?:;|$)/.test(document.cookie)) {
  root.lang = "en";
  root.classList.add("translating");
}

/** Whether the page speaks English. */
export const isEnglish = () => root.lang === "en";

/**
 * A number in the language of the page.
 * @param {number} value
 * @param {number} digits
 */
export function shownNumber(value, digits) {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return value.toLocaleString(isEnglish() ? "en-GB" : "ru-RU", options);
}

onPress("[data-lang]", (button) => {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const code = button.getAttribute("data-lang") === "en" ? "en" : "ru";
  document.cookie = `lang=${code}; path=/; max-age=31536000; SameSite=Lax${secure}`;
  location.reload(); // the websocket's handshake carries the cookie: dates and messages follow
});
