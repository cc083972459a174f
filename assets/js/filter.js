// Help: only topics with the words typed stay; a group without any goes with its heading.
// Contract: input[data-filter] over [data-topic] in [data-group]; [data-nothing] is shown when none is left.
import { all, find, need } from "./page.js";

document.addEventListener("input", ({ target }) => {
  if (!(target instanceof HTMLInputElement) || !target.matches("[data-filter]")) return;
  const words = plain(target.value).split(/\s+/);
  let left = 0;
  for (const topic of all(document, "[data-topic]")) {
    const text = plain(topic.textContent ?? "");
    topic.hidden = !words.every((word) => text.includes(word));
    if (topic instanceof HTMLDetailsElement) topic.open = !topic.hidden && words[0] !== "";
    left += topic.hidden ? 0 : 1;
  }
  for (const group of all(document, "[data-group]")) group.hidden = !find(group, "[data-topic]:not([hidden])");
  need(document, "[data-nothing]").hidden = left > 0;
});

/** @param {string} text */
function plain(text) {
  return text.trim().toLowerCase().replace(/ё/g, "е");
}
