// What comes into the page and goes out of it: one observer for all modules. React puts elements in and out at any time,
// also while the page is still being parsed, so nobody waits for DOMContentLoaded.
// Contract: none; the other modules stand on it.

/** @type {((node: Element) => void)[]} */
const comers = [];
/** @type {((node: Element) => void)[]} */
const leavers = [];
/** @type {Map<string, (node: Element) => void>} */
const readers = new Map();
/** @type {(() => void)[]} */
const settlers = [];

/**
 * Act on every element that matches, as soon as it is in the page.
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} type
 * @param {(node: T) => void} act
 */
export function onAppear(selector, type, act) {
  comers.push((node) => {
    for (const one of [node, ...node.querySelectorAll(selector)]) {
      if (one instanceof type && one.matches(selector)) act(one);
    }
  });
}

/**
 * Act on every piece that has been taken out of the page.
 * @param {(node: Element) => void} act
 */
export function onLeave(act) {
  leavers.push(act);
}

/**
 * Act on an element whose attribute has changed.
 * @param {string} attribute
 * @param {(node: Element) => void} act
 */
export function onChange(attribute, act) {
  readers.set(attribute, act);
  look();
}

/**
 * Act after each batch of changes.
 * @param {() => void} act
 */
export function onSettled(act) {
  settlers.push(act);
}

/**
 * @param {((node: Element) => void)[]} acts
 * @param {Iterable<Node>} nodes
 */
function tell(acts, nodes) {
  for (const node of nodes) if (node instanceof Element) for (const act of acts) act(node);
}

const observer = new MutationObserver((changes) => {
  for (const change of changes) {
    const reader = readers.get(change.attributeName ?? "");
    if (reader) tell([reader], [change.target]);
    tell(leavers, change.removedNodes);
    tell(comers, change.addedNodes);
  }
  for (const act of settlers) act();
});

function look() {
  const attributeFilter = [...readers.keys()];
  observer.observe(document.documentElement, { childList: true, subtree: true, attributeFilter });
}

look();
