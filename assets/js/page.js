// Finding elements of a known kind, so that the checker knows what may be done with them.
// Contract: none; the other modules stand on it.

/** @typedef {Document | Element} Place */

/**
 * The element around a target (or the target itself) that matches.
 * @template {Element} [T=HTMLElement]
 * @param {EventTarget | Node | null} target
 * @param {string} selector
 * @param {new () => T} [type]
 * @returns {T | null}
 */
export function around(target, selector, type) {
  return known(target instanceof Element ? target.closest(selector) : null, type);
}

/**
 * The first element in a place that matches.
 * @template {Element} [T=HTMLElement]
 * @param {Place} place
 * @param {string} selector
 * @param {new () => T} [type]
 * @returns {T | null}
 */
export function find(place, selector, type) {
  return known(place.querySelector(selector), type);
}

/**
 * The first element in a place that matches; a page without it is wrong.
 * @template {Element} [T=HTMLElement]
 * @param {Place} place
 * @param {string} selector
 * @param {new () => T} [type]
 * @returns {T}
 */
export function need(place, selector, type) {
  const found = find(place, selector, type);
  if (!found) throw new Error(`The page has no ${selector}`);
  return found;
}

/**
 * All elements in a place that match.
 * @template {Element} [T=HTMLElement]
 * @param {Place} place
 * @param {string} selector
 * @param {new () => T} [type]
 * @returns {T[]}
 */
export function all(place, selector, type) {
  return [...place.querySelectorAll(selector)].flatMap((node) => known(node, type) ?? []);
}

/**
 * @template {Element} T
 * @param {Element | null} node
 * @param {new () => T} [type]
 * @returns {T | null}
 */
function known(node, type) {
  return node instanceof (type ?? HTMLElement) ? /** @type {T} */ (node) : null;
}
