// The e-mail survives a wrong password (?error= in the address of the page that comes back); the password never does.
// Contract: input[data-keep] in a form that is sent once.
import { find } from "./page.js";
import { onAppear } from "./watch.js";

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !(event.target instanceof HTMLFormElement)) return;
  const input = find(event.target, "[data-keep]", HTMLInputElement);
  if (!input) return;
  try {
    sessionStorage.setItem("kept." + input.name, input.value);
  } catch {
    /* not kept then */
  }
});

// As soon as the field is parsed: under load React takes the page over before DOMContentLoaded.
onAppear("[data-keep]", HTMLInputElement, (input) => {
  const name = "kept." + input.name;
  try {
    const value = sessionStorage.getItem(name);
    if (value && !input.value && new URLSearchParams(location.search).has("error")) input.value = value;
    if (value) sessionStorage.removeItem(name);
  } catch {
    /* nothing was kept */
  }
});
