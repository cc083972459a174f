// On a phone the tabs of a point do not fit: the current one is brought into view, without moving the page.
// Contract: .tabs with a link that is aria-current=page.
import { find } from "./page.js";
import { onSettled } from "./watch.js";

let shown = "";

onSettled(() => {
  const tab = find(document, ".tabs [aria-current=page]", HTMLAnchorElement);
  const row = tab?.parentElement;
  if (!tab || !row || tab.pathname !== location.pathname || shown === tab.pathname) return;
  shown = tab.pathname;
  row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
});
