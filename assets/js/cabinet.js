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

  // A detail into the clipboard; the page's [data-copy-status] says so, to those who listen as well.
  function copy(button) {
    var value = button.getAttribute("data-copy");
    function say() {
      var region = document.querySelector("[data-copy-status]");
      if (region) {
        region.textContent = "";
        setTimeout(function () { region.textContent = button.getAttribute("data-said"); }, 50);
      }
      button.classList.add("done");
      setTimeout(function () { button.classList.remove("done"); }, 2000);
    }
    function byHand() { // a page without https has no clipboard: a hidden field and the old command
      var field = document.createElement("textarea");
      field.value = value;
      field.style.position = "fixed";
      field.style.opacity = "0";
      document.body.appendChild(field);
      field.select();
      var done = document.execCommand("copy");
      field.remove();
      button.focus();
      if (done) say();
    }
    if (navigator.clipboard) navigator.clipboard.writeText(value).then(say, byHand); else byHand();
  }

  function insertWords(button) {
    var area = document.getElementById(button.getAttribute("data-into"));
    if (!area) return;
    var words = button.getAttribute("data-insert");
    if (area.value.indexOf(words) < 0) area.value = (area.value.trim() ? area.value.trim() + "\n\n" : "") + words;
    area.dispatchEvent(new Event("input", { bubbles: true })); // the draft keeps it
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }

  function closeMenus(except) {
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (menu !== except) menu.open = false;
    });
  }

  document.addEventListener("click", function (event) {
    var target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    if (target.closest("[data-print]")) return print();
    var language = target.closest("[data-lang]");
    if (language) return chooseLanguage(language.getAttribute("data-lang"));
    var copied = target.closest("[data-copy]");
    if (copied) return copy(copied);
    if (target.closest("[data-print]")) return print();
    var words = target.closest("[data-insert]");
    if (words) return insertWords(words);
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
    var field = dialog.querySelector("[data-first], input:not([type=hidden]), select, textarea");
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

  // Help: only topics with the words typed stay; a group without any goes with its heading.
  document.addEventListener("input", function (event) {
    if (!event.target.matches("[data-filter]")) return;
    var words = plain(event.target.value).split(/\s+/);
    var left = 0;
    document.querySelectorAll("[data-topic]").forEach(function (topic) {
      var text = plain(topic.textContent);
      topic.hidden = !words.every(function (word) { return text.includes(word); });
      if (topic.matches("details")) topic.open = !topic.hidden && words[0] !== "";
      left += topic.hidden ? 0 : 1;
    });
    document.querySelectorAll("[data-group]").forEach(function (group) {
      group.hidden = !group.querySelector("[data-topic]:not([hidden])");
    });
    document.querySelector("[data-nothing]").hidden = left > 0;
  });
  function plain(text) {
    return text.trim().toLowerCase().replace(/ё/g, "е");
  }

  // A refused form: the focus goes to its first wrong field.
  var sent = null;
  function lead(input) {
    if (!sent || !sent.contains(input)) return;
    var first = sent.querySelector("[aria-invalid=true]");
    sent = null;
    if (first) first.focus();
  }

  // Attachments: a file is uploaded as it is chosen, its id goes into the hidden input of the form. The list below is
  // empty for React, so it is ours.
  var LARGEST = 10 * 1024 * 1024;

  function attach(input) {
    var field = input.closest("[data-attach]");
    var chosen = Array.prototype.slice.call(input.files);
    input.value = ""; // the same file may be chosen again
    note(field, "");
    chosen.forEach(function (file) { addFile(field, file); });
  }

  function note(field, words) { field.querySelector("[data-note]").textContent = words; }

  function make(tag, cls, words) {
    var node = document.createElement(tag);
    node.className = cls;
    if (words) node.textContent = words;
    return node;
  }

  function addFile(field, file) {
    var list = field.querySelector("[data-files]");
    if (list.children.length >= parseInt(field.getAttribute("data-most"), 10)) return note(field, field.getAttribute("data-word-too_many"));
    if (file.size > LARGEST) return note(field, file.name + ": " + field.getAttribute("data-word-too_large"));
    var line = make("li", "file");
    line.dataset.id = "";
    line.append(make("span", "name", file.name), make("span", "what", field.getAttribute("data-word-sending")));
    var bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", file.name);
    line.append(bar, button(field, "remove", file.name, function () { removeFile(field, line); }));
    list.append(line);
    send(field, file, line);
  }

  function button(field, word, name, act) {
    var made = make("button", "btn ghost s2", field.getAttribute("data-word-" + word));
    made.type = "button";
    made.setAttribute("aria-label", made.textContent + ": " + name);
    made.addEventListener("click", act);
    return made;
  }

  function send(field, file, line) {
    var request = new XMLHttpRequest();
    var form = new FormData();
    form.append("file", file, file.name);
    line.request = request;
    field.setAttribute("data-busy", "true");
    request.open("POST", "/api/attachments?purpose=" + field.getAttribute("data-attach"));
    request.responseType = "json";
    request.upload.onprogress = function (event) { line.querySelector("progress").value = 100 * event.loaded / event.total; };
    request.onload = function () {
      if (request.status !== 201) {
        line.remove();
        note(field, file.name + ": " + ((request.response || {}).title || request.status));
      } else {
        line.dataset.id = request.response.id;
        line.classList.add("done");
        line.querySelector(".what").textContent = kilobytes(request.response.size);
        field.querySelector("[data-status]").textContent = field.getAttribute("data-word-sent") + ": " + file.name;
      }
      keepIds(field);
    };
    request.onerror = function () {
      line.classList.add("lost");
      line.querySelector(".what").textContent = field.getAttribute("data-word-lost");
      line.append(button(field, "retry", file.name, function () { line.remove(); addFile(field, file); }));
      keepIds(field);
    };
    request.send(form);
  }

  function kilobytes(size) {
    var units = root.lang === "en" ? [" KB", " MB"] : [" КБ", " МБ"];
    if (size < 1048576) return Math.max(1, Math.round(size / 1024)) + "\u00a0" + units[0].trim();
    return (size / 1048576).toFixed(1).replace(".", root.lang === "en" ? "." : ",") + "\u00a0" + units[1].trim();
  }

  function removeFile(field, line) {
    if (line.request) line.request.onload = line.request.onerror = null;
    if (line.dataset.id) fetch("/api/attachments/" + line.dataset.id, { method: "DELETE" });
    else line.request.abort();
    line.remove();
    keepIds(field);
    field.querySelector("input[type=file]").focus();
  }

  function keepIds(field) {
    var lines = Array.prototype.slice.call(field.querySelectorAll("li.file"));
    var ids = lines.map(function (line) { return line.dataset.id; }).filter(Boolean);
    field.querySelector("input[type=hidden]").value = ids.join(",");
    if (lines.every(function (line) { return line.matches(".done, .lost"); })) field.removeAttribute("data-busy");
  }

  // Imports: files dropped on or chosen in [data-drop] are sent as they are, three at a time; one that has arrived leaves
  // the list, the page below shows it. The list is empty for React, so it is ours.
  var AT_ONCE = 3, underWay = 0, queued = [];

  function dropField(event) {
    var field = event.target instanceof Element && event.target.closest("[data-drop]");
    return field && event.dataTransfer && Array.prototype.indexOf.call(event.dataTransfer.types, "Files") >= 0 ? field : null;
  }
  ["dragenter", "dragover"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      var field = dropField(event);
      if (field) { event.preventDefault(); field.classList.add("over"); }
    });
  });
  document.addEventListener("dragleave", function (event) {
    var field = dropField(event);
    if (field && !field.contains(event.relatedTarget)) field.classList.remove("over");
  });
  document.addEventListener("drop", function (event) {
    var field = dropField(event);
    if (!field) return;
    event.preventDefault();
    field.classList.remove("over");
    queueFiles(field, event.dataTransfer.files);
  });
  document.addEventListener("change", function (event) {
    var input = event.target;
    if (!(input instanceof Element) || !input.matches("[data-drop] input[type=file]")) return;
    var chosen = Array.prototype.slice.call(input.files);
    input.value = ""; // the same file may be chosen again
    queueFiles(input.closest("[data-drop]"), chosen);
  });

  function queueFiles(field, files) {
    note(field, "");
    Array.prototype.forEach.call(files, function (file) { queueFile(field, file); });
  }
  function queueFile(field, file) {
    if (file.size > parseInt(field.dataset.largest, 10)) return note(field, file.name + ": " + field.getAttribute("data-word-too_large"));
    var line = make("li", "file"), bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    line.append(make("span", "name", file.name), make("span", "what", field.getAttribute("data-word-waiting")), bar);
    line.append(button(field, "remove", file.name, function () { giveUp(field, line); }));
    field.querySelector("[data-files]").append(line);
    queued.push(function () { sendFile(field, file, line); });
    nextFile();
  }
  function nextFile() {
    while (underWay < AT_ONCE && queued.length) queued.shift()();
  }
  function giveUp(field, line) {
    line.isGone = true;
    if (line.request) line.request.abort();
    line.remove();
    field.querySelector("input[type=file]").focus();
  }
  function fileAddress(field, file) {
    var query = new URLSearchParams({ name: file.name });
    field.querySelectorAll("[data-options] [name]").forEach(function (option) {
      var value = option.type === "checkbox" ? (option.checked ? "1" : "") : option.value.trim();
      if (value) query.set(option.name, value);
    });
    return field.dataset.drop + "?" + query;
  }
  function sendFile(field, file, line) {
    if (line.isGone) return;
    var request = new XMLHttpRequest();
    line.request = request;
    underWay += 1;
    line.querySelector(".what").textContent = field.getAttribute("data-word-sending");
    request.open("POST", fileAddress(field, file));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = function (event) { line.querySelector("progress").value = 100 * event.loaded / event.total; };
    request.onloadend = function () {
      underWay -= 1;
      nextFile();
      if (line.isGone) return;
      if (request.status === 202) {
        line.remove();
        field.querySelector("[data-status]").textContent = field.getAttribute("data-word-sent") + ": " + file.name;
      } else lostFile(field, file, line, request);
    };
    request.send(file);
  }
  function lostFile(field, file, line, request) {
    var said = request.response || {}, words = said.fields ? Object.values(said.fields).join(" ") : said.title;
    line.classList.add("lost");
    line.querySelector(".what").textContent = request.status ? words || field.getAttribute("data-word-refused") : field.getAttribute("data-word-lost");
    line.append(button(field, "retry", file.name, function () { line.remove(); queueFile(field, file); }));
    field.querySelector("[data-status]").textContent = file.name + ": " + line.querySelector(".what").textContent;
  }

  // A form is not sent while a file of it is under way.
  addEventListener("submit", function (event) {
    if (!(event.target instanceof Element)) return;
    var busy = event.target.querySelector("[data-attach][data-busy]");
    if (!busy) return;
    event.preventDefault();
    event.stopPropagation();
    note(busy, busy.getAttribute("data-word-sending"));
  }, true);

  document.addEventListener("change", function (event) {
    if (event.target instanceof Element && event.target.matches("[data-attach] input[type=file]")) attach(event.target);
  });

  // Drafts: form[data-draft] is kept in this browser at every keystroke and, a moment later, on the server. The browser's
  // copy is for a lost connection: it comes back only while the server has not had it, and goes at sign-out.
  var DRAFT = "draft.", timers = new WeakMap();

  function kept(name) {
    try { return JSON.parse(localStorage.getItem(DRAFT + name)); } catch (error) { return null; }
  }
  function keep(name, draft) {
    try {
      if (draft) localStorage.setItem(DRAFT + name, JSON.stringify(draft)); else localStorage.removeItem(DRAFT + name);
    } catch (error) { /* a browser that keeps nothing: the server does */ }
  }
  function forgetDrafts() {
    try {
      Object.keys(localStorage).forEach(function (key) { if (key.indexOf(DRAFT) === 0) localStorage.removeItem(key); });
    } catch (error) { /* nothing was kept */ }
  }
  function draftFields(form) {
    return form.querySelectorAll("select[name], textarea[name], input[name]:not([type=file]):not([type=hidden])");
  }
  function sayDraft(form, word) {
    var line = form.querySelector("[data-draft-state]");
    if (line) line.textContent = word ? line.getAttribute("data-" + word) : "";
  }
  function keepDraft(form) {
    var values = {};
    draftFields(form).forEach(function (field) { values[field.name] = field.value; });
    keep(form.dataset.draft, { key: form.dataset.draftKey, values: values, saved: false });
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(function () { sendDraft(form); }, 800));
  }
  function sendDraft(form) {
    clearTimeout(timers.get(form));
    timers.delete(form);
    var name = form.dataset.draft, draft = kept(name);
    if (!draft || draft.saved || !form.isConnected) return;
    var body = new URLSearchParams(draft.values), before = JSON.stringify(draft);
    body.set("key", draft.key);
    fetch(form.dataset.draftUrl, { method: "POST", body: body, keepalive: true }).then(function (answer) {
      if (answer.status === 409) return keep(name, null); // it has been sent meanwhile
      if (!answer.ok) throw new Error(answer.status);
      if (JSON.stringify(kept(name)) !== before) return;
      draft.saved = true;
      keep(name, draft);
      sayDraft(form, "saved");
    }).catch(function () {
      sayDraft(form, "offline");
      timers.set(form, setTimeout(function () { sendDraft(form); }, 5000));
    });
  }
  function bringBack(form) {
    var name = form.dataset.draft, draft = name && kept(name);
    if (!draft || draft.saved) return;
    if (draft.key !== form.dataset.draftKey) return keep(name, null);
    draftFields(form).forEach(function (field) { if (field.name in draft.values) field.value = draft.values[field.name]; });
    var notice = form.querySelector("[data-draft-notice]");
    if (notice) notice.hidden = false;
    sendDraft(form);
  }
  document.addEventListener("input", function (event) {
    var form = event.target instanceof Element && event.target.closest("form[data-draft]");
    if (form && form.dataset.draft) keepDraft(form);
  });
  document.addEventListener("submit", function (event) {
    if (event.target.matches("form[action='/api/logout']")) return forgetDrafts();
    if (timers.has(event.target)) { clearTimeout(timers.get(event.target)); timers.delete(event.target); }
  });
  function sendDrafts() { document.querySelectorAll("form[data-draft]").forEach(sendDraft); }
  addEventListener("online", sendDrafts);
  addEventListener("pagehide", sendDrafts);

  // What is new is read when it is in view in a tab that is looked at: the hidden button of [data-see] is pressed then.
  function look(button) {
    new IntersectionObserver(function (seen, observer) {
      if (!button.isConnected) return observer.disconnect();
      if (document.visibilityState !== "visible" || !seen.some(function (one) { return one.isIntersecting; })) return;
      observer.disconnect();
      button.click();
    }).observe(button.parentElement);
  }
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "visible") document.querySelectorAll("[data-see]").forEach(look);
  });

  // «Передать показания»: what was used since the last reading, worked out while typing.
  function plainNumber(typed) {
    var text = typed.replace(/[\s\u00a0\u202f']/g, "").replace(",", ".");
    return /^\d+(\.\d+)?$/.test(text) ? parseFloat(text) : NaN;
  }

  function kilowattHours(value, node) {
    var shown = value.toLocaleString(root.lang === "en" ? "en-GB" : "ru-RU", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    return node.getAttribute("data-word") + ": " + shown + "\u00a0" + node.getAttribute("data-unit");
  }

  function showUsed(form) {
    var sum = 0, known = 0;
    form.querySelectorAll("input[data-last]").forEach(function (input) {
      var out = document.getElementById(input.id + "-used");
      var now = plainNumber(input.value), last = parseFloat(input.getAttribute("data-last"));
      var used = now - last;
      out.classList.toggle("less", used < 0);
      out.textContent = isNaN(used) ? "" : used < 0 ? out.getAttribute("data-less") : kilowattHours(used, out);
      if (used >= 0) { sum += used; known += 1; }
    });
    var total = form.querySelector("[data-total]");
    if (!total) return;
    var all = known === form.querySelectorAll("input[data-last]").length;
    total.textContent = all ? kilowattHours(sum * parseFloat(form.getAttribute("data-ratio") || "1"), total) : "";
  }

  document.addEventListener("input", function (event) {
    if (event.target instanceof Element && event.target.matches("input[data-last]")) showUsed(event.target.form);
  });

  function visit(node) {
    if (!(node instanceof Element)) return;
    if (node.matches("[data-keep]")) fill(node);
    node.querySelectorAll("[data-keep]").forEach(fill);
    if (node.matches("form[data-draft]")) bringBack(node);
    node.querySelectorAll("form[data-draft]").forEach(bringBack);
    if (node.matches("[data-see]")) look(node);
    node.querySelectorAll("[data-see]").forEach(look);
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

  // On a phone the tabs of a point do not fit: the current one is brought into view, without moving the page.
  var lastTab = "";
  function showTab() {
    var tab = document.querySelector(".tabs [aria-current=page]");
    if (!tab || tab.pathname !== location.pathname || lastTab === tab.pathname) return;
    lastTab = tab.pathname;
    tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.offsetWidth) / 2;
  }

  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      if (change.type === "attributes" && change.target.getAttribute("aria-invalid") === "true") lead(change.target);
      change.removedNodes.forEach(giveBack);
      change.addedNodes.forEach(visit);
    });
    number();
    showTab();
  }).observe(root, { childList: true, subtree: true, attributeFilter: ["aria-invalid", "data-unread"] });
})();

// Plans by hour (/plan-fact/edit): a column pasted from a spreadsheet, Enter and arrows between hours, the running sum,
// and the file that is sent as it is chosen.
(function () {
  "use strict";
  function cell(target) { return target instanceof Element && target.matches("[data-grid] input") ? target : null; }
  function rows(input) { return Array.prototype.slice.call(input.closest("[data-grid]").tBodies[0].rows); }
  function at(input, down, right) {
    var row = rows(input)[rows(input).indexOf(input.closest("tr")) + down];
    var line = row && row.querySelectorAll("input");
    return line && line[Array.prototype.indexOf.call(input.closest("tr").querySelectorAll("input"), input) + right];
  }
  function amount(text) { return parseFloat(text.replace(/[\s\u00a0]/g, "").replace(",", ".")); }

  function sum(input) {
    var total = 0, some = false;
    rows(input).forEach(function (row) {
      var value = amount(row.querySelector("input").value);
      if (!isNaN(value)) { total += value; some = true; }
    });
    var digits = { minimumFractionDigits: 3, maximumFractionDigits: 3 };
    var shown = input.closest("[data-grid]").querySelector("[data-sum]");
    shown.textContent = some ? total.toLocaleString(document.documentElement.lang === "en" ? "en-GB" : "ru-RU", digits) : "—";
  }

  document.addEventListener("paste", function (event) {
    var input = cell(event.target);
    var text = input && event.clipboardData ? event.clipboardData.getData("text/plain").replace(/\r?\n$/, "") : "";
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    var lines = text.split(/\r?\n/).map(function (line) { return line.split("\t"); });
    if (lines.length > 1 && isNaN(amount(lines[0][0])) && lines[0][0].trim()) lines.shift(); // a heading
    lines.forEach(function (line, down) {
      line.forEach(function (value, right) {
        var target = at(input, down, right);
        if (target) target.value = value.trim();
      });
    });
    sum(input);
  });

  document.addEventListener("keydown", function (event) {
    var input = cell(event.target);
    var down = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!input || !down || event.isComposing) return;
    event.preventDefault();
    var next = at(input, down, 0);
    if (next) { next.focus(); next.select(); }
  });

  document.addEventListener("input", function (event) { if (cell(event.target)) sum(event.target); });

  document.addEventListener("change", function (event) {
    var input = event.target instanceof Element && event.target.matches("[data-planfile] input[type=file]") ? event.target : null;
    if (!input || !input.files.length) return;
    var field = input.closest("[data-planfile]"), file = input.files[0], body = new FormData();
    input.value = ""; // the same file may be chosen again
    if (field.dataset.busy) return;
    field.dataset.busy = "true";
    tell(field, field.dataset.busyWords, []);
    body.append("file", file);
    fetch(field.dataset.planfile, { method: "POST", body: body }).then(function (answer) {
      return answer.json().then(function (said) { answered(field, answer.ok, said); });
    }).catch(function () { tell(field, field.dataset.failedWords, [], "bad"); }).finally(function () { delete field.dataset.busy; });
  });

  function answered(field, isTaken, said) {
    if (isTaken && said.go) return void location.assign(said.go);
    var after = field.querySelector("[data-after]");
    if (isTaken && after) { tell(field, "", []); return after.click(); }
    if (!isTaken) return tell(field, said.title || field.dataset.failedWords, said.lines || [], "bad");
    tell(field, field.dataset.doneWords.replace("{days}", said.days).replace("{changed}", said.changed), [], "good");
    var link = document.createElement("a");
    link.className = "link";
    link.textContent = field.dataset.showWords;
    link.href = "/plan-fact?first=" + said.first + "&last=" + said.last + "&" + field.dataset.planfile.split("?")[1];
    field.querySelector("[data-told]").append(" ", link);
  }

  function tell(field, words, lines, tone) {
    var told = field.querySelector("[data-told]"), list = field.querySelector("[data-lines]");
    told.textContent = words;
    told.className = tone || "";
    list.replaceChildren.apply(list, lines.map(function (line) {
      var item = document.createElement("li");
      item.textContent = (line.line ? field.dataset.lineWords.replace("{line}", line.line) : "") + line.words;
      return item;
    }));
  }
})();

// The supplier's desk (/staff/tickets): keys press the real buttons, by their place on the keyboard (whatever the layout);
// never while somebody types. An open ticket says so every now and then; an answer remembers which version it answers.
(function () {
  "use strict";
  var NEXT = { KeyJ: 1, ArrowDown: 1, KeyK: -1, ArrowUp: -1 };

  function isTyping(target) {
    return target instanceof Element && target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
  }
  function step(by) {
    var rows = Array.prototype.slice.call(document.querySelectorAll("[data-desk-row]"));
    if (!rows.length) return false;
    var here = rows.findIndex(function (row) { return row.getAttribute("aria-current") === "true"; });
    var row = rows[here < 0 ? 0 : Math.min(Math.max(here + by, 0), rows.length - 1)];
    row.click();
    row.scrollIntoView({ block: "nearest" });
    return true;
  }
  function keyOf(event) {
    if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return "?";
    if (event.key === "/" || event.code === "Slash") return "/";
    return event.shiftKey || event.code.indexOf("Key") ? "" : event.code.slice(3).toLowerCase();
  }
  function press(button) {
    var pick = document.getElementById(button.getAttribute("data-pick") || "");
    if (pick) pick.click();
    var field = document.getElementById(button.getAttribute("data-focus") || "");
    if (!field) return button.click();
    field.focus();
    if (field.setSelectionRange && field.tagName === "TEXTAREA") field.setSelectionRange(field.value.length, field.value.length);
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.isComposing) return;
    if (!document.querySelector("[data-hotkey]") || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && isTyping(event.target)) return event.target.blur();
    if (isTyping(event.target)) return;
    if (NEXT[event.code] && !event.shiftKey) {
      if (step(NEXT[event.code])) event.preventDefault();
      return;
    }
    var key = keyOf(event), button = key && document.querySelector('[data-hotkey="' + key + '"]:not([disabled])');
    if (!button) return;
    event.preventDefault();
    press(button);
  });

  document.addEventListener("input", function (event) {
    var form = event.target instanceof Element && event.target.matches("textarea") && event.target.closest("form[data-version]");
    var begun = form && form.querySelector("[data-begun]");
    if (!begun) return;
    if (!event.target.value) begun.value = "";
    else if (!begun.value) begun.value = form.getAttribute("data-version");
  });

  setInterval(function () {
    var beat = document.querySelector("[data-beat]");
    if (beat && document.visibilityState === "visible") beat.click();
  }, 40000);
})();

/* Staff: arrows walk from the search box through what was found; Enter opens, as links do. */
(function () {
  document.addEventListener("keydown", function (event) {
    var box = event.target instanceof Element && event.target.closest("[data-pick]");
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!box || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    var stops = [].slice.call(box.querySelectorAll("input[type=search], a.found"));
    var at = stops.indexOf(event.target);
    if (event.key === "Enter" && at === 0 && stops[1]) { event.preventDefault(); stops[1].click(); return; }
    if (!step || at < 0) return;
    event.preventDefault();
    var next = stops[at + step];
    if (next) next.focus();
  });
})();
