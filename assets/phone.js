// What joins a phone (Э-65…72) and keeps its last data for the time without a network (F-21).
// No eval, no inline code: the content security policy stays strict.
// Contract: [data-server]: the address of another installation, with [data-server-invalid] in its form; [data-countdown]:
// seconds; form[data-send] is sent as it appears. A form that is stopped here may be sent again (data-sent).
(function () {
  "use strict";
  var own = /** @type {Window & { energoOffline?: EnergoOffline }} */ (window);

  // «СЕРВЕР» of another installation opens that one's page; the password never goes there.
  /** @param {string} text */
  function server(text) {
    var given = text.trim();
    var isLoopback = /^(https?:[/]{2})?(localhost|127\.0\.0\.1)(:\d+)?[/]?$/i.test(given);
    if (!/^https?:[/]{2}/i.test(given)) given = (isLoopback ? location.protocol : "https:") + "//" + given;
    try { var url = new URL(given); } catch (error) { return ""; }
    var isHost = isLoopback || /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z0-9]$/.test(url.hostname);
    var isSafe = url.protocol === "https:" || isLoopback || url.origin === location.origin;
    return isHost && isSafe && !url.username && !url.password ? url.origin : "";
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    var input = form instanceof HTMLFormElement && form.querySelector("[data-server]");
    if (!(form instanceof HTMLFormElement) || !(input instanceof HTMLInputElement) || input.value.trim() === location.host) return;
    var origin = server(input.value);
    if (origin === location.origin) return;
    event.preventDefault();
    delete form.dataset.sent;
    input.setAttribute("aria-invalid", String(!origin));
    var invalid = form.querySelector("[data-server-invalid]");
    if (invalid instanceof HTMLElement) invalid.hidden = !!origin;
    if (origin) location.assign(origin + "/mobile"); else input.focus();
  });

  // How long a pairing code lives: counted here, the server sends the next one.
  /** @param {Element} node */
  function count(node) {
    var end = Date.now() + 1000 * Number(node.getAttribute("data-countdown"));
    (function tick() {
      var left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      node.textContent = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
      if (left && node.isConnected) setTimeout(tick, 250);
    })();
  }

  /** @param {Element} form */
  function submit(form) {
    if (form instanceof HTMLFormElement) form.requestSubmit();
  }
  /** @param {Node} node */
  function visit(node) {
    if (!(node instanceof Element)) return;
    if (node.matches("form[data-send]")) submit(node);
    node.querySelectorAll("form[data-send]").forEach(submit);
    if (node.matches("[data-countdown]")) count(node);
    node.querySelectorAll("[data-countdown]").forEach(count);
  }
  // A paired phone keeps its last data (sw.js, offline.js); no other browser does, and signing out wipes them.
  var isPhone = /(?:^|; )phone=1(?:;|$)/.test(document.cookie);
  /** @param {() => void} then */
  function load(then) {
    var script = document.createElement("script");
    script.src = "/offline.js";
    script.onload = then;
    document.head.append(script);
  }
  if ("serviceWorker" in navigator && "indexedDB" in window) {
    if (isPhone && location.pathname.replace(/\/$/, "") !== "/mobile") {
      navigator.serviceWorker.register("/sw.js").catch(function () { /* no offline then */ });
      load(function () { own.energoOffline?.sync(); });
      addEventListener("online", function () { own.energoOffline?.sync(); });
    } else if (!isPhone) {
      navigator.serviceWorker.getRegistrations().then(function (found) {
        if (found.length) load(function () { own.energoOffline?.wipe(); });
      });
    }
  }
  document.addEventListener("submit", function (event) {
    var isOut = event.target instanceof Element && event.target.matches('form[action="/api/logout"]');
    if (isOut) own.energoOffline?.wipe();
  });

  new MutationObserver(function (changes) {
    changes.forEach(function (change) { change.addedNodes.forEach(visit); });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
