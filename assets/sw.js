// Opens the kept data when there is no network. It stores the files listed here and nothing else: no page, no answer of
// REST, no sign-in, nothing of /_event. The data themselves are in IndexedDB, written by offline.js, wiped by signing out.
// Contract: none; it sees no page.
"use strict";
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const STORE = "energo-files-2";
const FILES = [
  "/offline.html", "/offline.js", "/cabinet.css", "/favicon.svg",
  "/fonts/inter-cyrillic-wght-normal.woff2", "/fonts/inter-latin-wght-normal.woff2",
];

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(FILES)).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((n) => n !== STORE).map((n) => caches.delete(n))));
  event.waitUntil(old.then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || /^\/(api|_event|demo)(\/|$)/.test(url.pathname)) return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => kept("/offline.html")));
  else if (FILES.includes(url.pathname)) event.respondWith(fetch(request).catch(() => kept(url.pathname)));
});

/** @param {string} path */
async function kept(path) {
  return (await caches.match(path)) ?? Response.error();
}
