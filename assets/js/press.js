// Clicks: the first module whose element is pressed takes the click; the others hear of those that nobody has taken.
// Contract: none; the other modules stand on it.
import { around } from "./page.js";

/** @type {[string, (pressed: HTMLElement) => void][]} */
const takers = [];
/** @type {((target: Element) => void)[]} */
const others = [];

/**
 * Act when an element that matches is pressed.
 * @param {string} selector
 * @param {(pressed: HTMLElement) => void} act
 */
export function onPress(selector, act) {
  takers.push([selector, act]);
}

/**
 * Act on a click that no `onPress` has taken.
 * @param {(target: Element) => void} act
 */
export function onOtherPress(act) {
  others.push(act);
}

document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  for (const [selector, act] of takers) {
    const pressed = around(target, selector);
    if (pressed) return act(pressed);
  }
  for (const act of others) act(target);
});
