// What native elements need and a round trip to the server would only slow down. Loaded before the page is painted.
// No eval, no inline code: the content security policy stays strict.
(function () {
  "use strict";
  var root = document.documentElement;

  // Language: the page is prerendered in Russian. In English it stays hidden until React has put the English words in
  // (at most a second: cabinet.css reveals it anyway).
  if (/(?:^|; )lang=en(?:;|$)/.test(document.cookie)) {
    root.lang = "en";
    root.classList.add("translating");
  }
  function chooseLanguage(code) {
    var secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = "lang=" + (code === "en" ? "en" : "ru") + "; path=/; max-age=31536000; SameSite=Lax" + secure;
    location.reload(); // the websocket's handshake carries the cookie: dates and messages follow
  }

  function showPassword(button) {
    var input = document.getElementById(button.getAttribute("data-eye"));
    if (!input) return;
    var shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  }

  function closeMenus(except) {
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (menu !== except) menu.open = false;
    });
  }

  document.addEventListener("click", function (event) {
    var target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    var language = target.closest("[data-lang]");
    if (language) return chooseLanguage(language.getAttribute("data-lang"));
    var eye = target.closest("[data-eye]");
    if (eye) return showPassword(eye);
    var menu = target.closest("details[data-menu]");
    // An item closes its menu; a form inside a menu (the period) does not.
    var item = menu && target.closest(".item");
    if (item) menu.querySelector("summary").focus(); // where a dialog it opens gives the focus back
    closeMenus(item ? null : menu);
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var open = document.querySelector("details[data-menu][open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  document.addEventListener("submit", function (event) {
    var form = event.target;
    sent = form;
    if (!form.matches || !form.matches("form[data-once]")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "true";
    var kept = form.querySelector("[data-keep]"); // the e-mail survives a wrong password; the password never does
    if (kept) try { sessionStorage.setItem("kept." + kept.name, kept.value); } catch (error) { /* not kept then */ }
  });
  // Back from the page the form led to: it may be sent again.
  addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  var openers = new WeakMap(); // dialog → what had the focus; the page removes a dialog, so close() gives nothing back

  function giveBack(node) {
    var dialog = node instanceof Element && (node.matches("dialog") ? node : node.querySelector("dialog"));
    var opener = dialog && openers.get(dialog);
    if (!opener || !opener.isConnected) return;
    var menu = opener.closest("details[data-menu]");
    (menu ? menu.querySelector("summary") : opener).focus();
  }

  function modal(dialog) {
    if (!dialog.isConnected || dialog.open) return;
    openers.set(dialog, document.activeElement);
    dialog.showModal();
    var field = dialog.querySelector("input:not([type=hidden]), select");
    if (field) field.focus();
    dialog.addEventListener("cancel", function (event) {
      event.preventDefault(); // the state closes it, so that both agree
      var close = dialog.querySelector("[data-close]");
      if (close) close.click();
    });
  }

  function fill(input) {
    var name = "kept." + input.name;
    try {
      var value = sessionStorage.getItem(name);
      if (value && !input.value && new URLSearchParams(location.search).has("error")) input.value = value;
      if (value) sessionStorage.removeItem(name);
    } catch (error) { /* nothing was kept */ }
  }

  function fade(toast) {
    var close = toast.querySelector("[data-close]");
    setTimeout(function () {
      if (!close.isConnected) return;
      if (toast.matches(":hover, :focus-within")) fade(toast); else close.click();
    }, 6000);
  }

  // A refused form: the focus goes to its first wrong field.
  var sent = null;
  function lead(input) {
    if (!sent || !sent.contains(input)) return;
    var first = sent.querySelector("[aria-invalid=true]");
    sent = null;
    if (first) first.focus();
  }

  function visit(node) {
    if (!(node instanceof Element)) return;
    if (node.matches("[data-fade]")) fade(node);
    node.querySelectorAll("[data-fade]").forEach(fade);
    if (node.matches("dialog[data-modal]")) modal(node);
    node.querySelectorAll("dialog[data-modal]").forEach(modal);
  }

  // «(2) Уведомления»: the number of unread notifications before the title, in whichever tab one looks.
  function number() {
    var node = document.querySelector("[data-unread]");
    var unread = node ? parseInt(node.getAttribute("data-unread"), 10) || 0 : 0;
    var title = (unread ? "(" + unread + ") " : "") + document.title.replace(/^(\(\d+\) )+/, "");
    if (title !== document.title) document.title = title;
  }

  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      if (change.type === "attributes" && change.target.getAttribute("aria-invalid") === "true") lead(change.target);
      change.removedNodes.forEach(giveBack);
      change.addedNodes.forEach(visit);
    });
    number();
  }).observe(root, { childList: true, subtree: true, attributeFilter: ["aria-invalid", "data-unread"] });

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-keep]").forEach(fill);
  });
})();
