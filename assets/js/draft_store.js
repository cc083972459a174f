// Drafts in this browser: for a lost connection. One comes back only while the server has not had it (draft.js), and all
// go at sign-out. In a browser that keeps nothing there are no drafts, but everything else goes on.
// Contract: none; draft.js stands on it.

/** @typedef {{ key: string, values: Record<string, string>, saved: boolean }} Draft */

const PREFIX = "draft.";

/**
 * @param {string} name
 * @returns {Draft | null}
 */
export function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {Draft} draft
 */
export function keep(name, draft) {
  quietly(() => localStorage.setItem(PREFIX + name, JSON.stringify(draft)));
}

/** @param {string} name */
export function forget(name) {
  quietly(() => localStorage.removeItem(PREFIX + name));
}

/** Forget every draft. */
export function forgetAll() {
  quietly(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  });
}

/** @param {() => void} act */
function quietly(act) {
  try {
    act();
  } catch {
    /* a browser that keeps nothing */
  }
}
