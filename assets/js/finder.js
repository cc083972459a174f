// Staff: arrows walk from the search box through what was found; Enter opens the first, as links do.
// Contract: [data-finder] around the search input and the links of class "found".
import { all, around } from "./page.js";

document.addEventListener("keydown", (event) => {
  const box = around(event.target, "[data-finder]");
  if (!box || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const stops = all(box, "input[type=search], a.found");
  const here = stops.findIndex((stop) => stop === event.target);
  if (event.key === "Enter" && here === 0 && stops[1]) {
    event.preventDefault();
    return stops[1].click();
  }
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (!step || here < 0) return;
  event.preventDefault();
  stops[here + step]?.focus();
});
