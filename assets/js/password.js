// The eye beside a password shows it.
// Contract: [data-eye]: the id of the password's input; the button's aria-pressed follows.
import { onPress } from "./press.js";

onPress("[data-eye]", (button) => {
  const input = document.getElementById(button.getAttribute("data-eye") ?? "");
  if (!(input instanceof HTMLInputElement)) return;
  const isShown = input.type === "password";
  input.type = isShown ? "text" : "password";
  button.setAttribute("aria-pressed", String(isShown));
});
