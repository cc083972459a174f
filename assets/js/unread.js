// «(2) Уведомления»: the number of unread notifications before the title, in whichever tab one looks.
// Contract: [data-unread]: the number.
import { find } from "./page.js";
import { onChange, onSettled } from "./watch.js";

onChange("data-unread", show);
onSettled(show);

function show() {
  const unread = parseInt(find(document, "[data-unread]")?.getAttribute("data-unread") ?? "", 10) || 0;
  const title = (unread ? `(${unread}) ` : "") + document.title.replace(/^(\(\d+\) )+/, "");
  if (title !== document.title) document.title = title;
}
