// Ready words into a text area, below what is written there already and never twice.
// Contract: [data-insert]: the words, with data-into: the id of the text area.
import { onPress } from "./press.js";

onPress("[data-insert]", (button) => {
  const area = document.getElementById(button.getAttribute("data-into") ?? "");
  if (!(area instanceof HTMLTextAreaElement)) return;
  const words = button.getAttribute("data-insert") ?? "";
  if (!area.value.includes(words)) area.value = (area.value.trim() ? area.value.trim() + "\n\n" : "") + words;
  area.dispatchEvent(new Event("input", { bubbles: true })); // the draft keeps it
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
});
