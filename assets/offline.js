// The time without a network (F-21): keeps what /api/v1/snapshot gives a paired phone, shows it with its age, queues a
// reading and sends it later. Everything is in one IndexedDB, which signing out wipes. Text goes in as text, never as HTML.
(function () {
  "use strict";
  var NAME = "energo-offline", STORE = "kept";

  function open() {
    return new Promise(function (resolve, reject) {
      var request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = function () { request.result.createObjectStore(STORE); };
      request.onsuccess = function () { resolve(request.result); };
      request.onerror = function () { reject(request.error); };
    });
  }
  function run(mode, act) {
    return open().then(function (db) {
      return new Promise(function (resolve, reject) {
        var change = db.transaction(STORE, mode), request = act(change.objectStore(STORE));
        change.oncomplete = function () { db.close(); resolve(request && request.result); };
        change.onerror = function () { db.close(); reject(change.error); };
      });
    });
  }
  function get(key) { return run("readonly", function (store) { return store.get(key); }); }
  function put(key, value) { return run("readwrite", function (store) { return store.put(value, key); }); }
  function drop(key) { return run("readwrite", function (store) { return store.delete(key); }); }
  function all() { return run("readonly", function (store) { return store.getAll(); }); }
  function empty() { return run("readwrite", function (store) { return store.clear(); }); }

  // Signing out, or another person: data, queue and files go.
  function wipe() {
    var files = caches.keys().then(function (names) { return Promise.all(names.map(function (n) { return caches.delete(n); })); });
    var workers = navigator.serviceWorker.getRegistrations().then(function (found) {
      return Promise.all(found.map(function (one) { return one.unregister(); }));
    });
    return Promise.all([empty(), files, workers]);
  }

  function queued() {
    return all().then(function (rows) { return rows.filter(function (row) { return row.key; }); });
  }

  // Online: read anew, then send what was written down meanwhile.
  function sync() {
    return fetch("/api/v1/snapshot", { cache: "no-store" }).then(function (answer) {
      if (answer.status === 403) return wipe();
      if (answer.status === 401) return drop("snapshot"); // the session has ended; what waits stays its owner's
      if (!answer.ok) return null;
      return answer.json().then(function (kept) {
        return get("snapshot").then(function (before) {
          var isOther = before && before.data.user_id !== kept.data.user_id;
          return (isOther ? empty() : Promise.resolve()).then(function () { return put("snapshot", kept); });
        }).then(function () { return send(kept); });
      });
    }).catch(function () { /* no network: what is kept stays */ });
  }
  function send(kept) {
    return queued().then(function (rows) {
      return rows.reduce(function (before, row) {
        return before.then(function () {
          if (row.user_id !== kept.data.user_id) return drop(row.key);
          return row.why ? tell(kept.words, row) : sendOne(kept, row);
        });
      }, Promise.resolve());
    });
  }
  function sendOne(kept, row) {
    var body = JSON.stringify({ key: row.key, values: row.values, read_on: row.read_on, seen: row.seen });
    var given = { method: "POST", body: body, headers: { "content-type": "application/json" } };
    return fetch("/api/v1/points/" + row.point_id + "/readings", given).then(function (answer) {
      if (answer.status === 201) return drop(row.key).then(function () { banner(kept.words.sent, row.name, []); });
      if (answer.status >= 500 || answer.status === 429 || answer.status === 401) return null; // later
      return answer.json().then(function (problem) {
        row.why = problem.title;
        return put(row.key, row).then(function () { return tell(kept.words, row); });
      });
    });
  }
  function tell(words, row) {
    var values = Object.keys(row.values).map(function (zone) { return zone + " " + row.values[zone]; }).join(", ");
    var link = make("a", { class: "btn outline s2", href: "/points/" + row.point_id + "/submit" }, words.open);
    var off = make("button", { class: "btn outline s2", type: "button" }, words.drop);
    var box = banner(words.refused, row.name + ": " + values + ". " + row.why, [link, off]);
    off.onclick = function () { drop(row.key).then(function () { box.remove(); }); };
  }
  function banner(title, text, actions) {
    var words = make("div", {}, make("b", {}, title), make("span", {}, text));
    var box = make("div", { class: "callout info offline-note", role: "status" }, words);
    actions.forEach(function (action) { box.append(action); });
    document.body.append(box);
    if (!actions.length) setTimeout(function () { box.remove(); }, 8000);
    return box;
  }

  function make(tag, given) {
    var svg = /^(svg|rect)$/.test(tag);
    var node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
    Object.keys(given).forEach(function (name) { node.setAttribute(name, given[name]); });
    for (var i = 2; i < arguments.length; i++) if (arguments[i] !== null) node.append(arguments[i]);
    return node;
  }

  // --- the page without a network
  function page(root) {
    get("snapshot").catch(function () { return null; }).then(function (kept) {
      var dark = matchMedia("(prefers-color-scheme: dark)").matches;
      document.documentElement.className = dark ? "dark" : "light";
      if (!kept) return root.append(make("h1", {}, "Нет сети · No network"));
      document.documentElement.lang = kept.language;
      document.title = kept.words.title;
      queued().then(function (rows) { fill(root, kept, rows); });
    });
  }
  function fill(root, kept, rows) {
    var words = kept.words, data = kept.data, asked = /^\/points\/(\d+)/.exec(location.pathname);
    var chosen = asked && data.points.filter(function (p) { return p.id === Number(asked[1]); });
    var retry = make("a", { class: "btn solid s2", href: location.pathname + location.search }, words.retry);
    var age = make("div", {}, make("b", {}, words.title), words.as_of + " " + moment(data.at, kept.language) + " (" + ago(data.at, kept.language) + ")");
    root.append(make("div", { class: "callout warning", role: "status" }, age, retry));
    root.append(make("h1", {}, chosen && chosen.length ? chosen[0].name : data.name));
    if (chosen && chosen.length) root.append(make("a", { class: "link", href: "/overview" }, words.all));
    else data.contracts.forEach(function (contract) { root.append(contractCard(contract, kept)); });
    (chosen && chosen.length ? chosen : data.points).forEach(function (point) { root.append(pointCard(point, kept, rows)); });
    if (!chosen && data.notices.length) root.append(noticeCard(kept));
  }
  function contractCard(contract, kept) {
    var balance = contract.balance_rub === null ? null : make("p", {}, kept.words.balance + ": ", make("b", {}, number(contract.balance_rub, kept.language) + " ₽"));
    var from = make("p", { class: "sub" }, contract.supplier + " · " + contract.number);
    return make("section", { class: "card" }, make("h2", {}, contract.title), from, balance);
  }
  function pointCard(point, kept, rows) {
    var words = kept.words, language = kept.language;
    var box = make("section", { class: "card" }, make("h2", {}, make("a", { class: "link", href: "/points/" + point.id }, point.name)));
    box.append(make("p", { class: "sub" }, point.meter));
    point.readings.forEach(function (r) {
      box.append(make("p", {}, r.zone + ": ", make("b", { class: "fig" }, r.value_kwh === null ? "—" : number(r.value_kwh, language))));
    });
    var days = point.days.map(function (d) { return d.kwh === null ? null : Number(d.kwh); });
    box.append(figure(words.month, days, point.days.map(function (d) { return d.day; }), language, words.total));
    if (point.profile_on) box.append(figure(words.day + ", " + point.profile_on, point.kwh, [], language, words.total));
    if (point.is_due) box.append(form(point, kept, rows));
    return box;
  }
  function figure(title, values, labels, language, total) {
    var known = values.filter(function (v) { return v !== null; });
    if (!known.length) return make("p", { class: "sub" }, title + ": —");
    var most = Math.max.apply(null, known.concat(0.001)), sum = known.reduce(function (a, b) { return a + b; }, 0);
    var words = title + ". " + total + ": " + number(sum, language);
    var svg = make("svg", { viewBox: "0 0 " + values.length * 10 + " 100", preserveAspectRatio: "none", role: "img", "aria-label": words });
    values.forEach(function (v, i) {
      if (v === null) return;
      var height = Math.max(1, v / most * 100);
      svg.append(make("rect", { x: i * 10 + 1, y: 100 - height, width: 8, height: height }));
    });
    return make("figure", {}, make("figcaption", { class: "label" }, words), svg);
  }
  function noticeCard(kept) {
    var box = make("section", { class: "card" }, make("h2", {}, kept.words.notices));
    kept.data.notices.forEach(function (n) {
      box.append(make("p", {}, make("b", {}, n.title), " ", make("span", { class: "sub" }, moment(n.created_at, kept.language))));
    });
    return box;
  }
  function form(point, kept, rows) {
    var words = kept.words;
    var waiting = rows.filter(function (row) { return row.point_id === point.id; });
    var box = make("form", { class: "form", novalidate: "" }, make("h3", {}, words.write), make("p", { class: "note" }, words.write_note));
    var note = make("p", { role: "status", class: "note" }, waiting.length ? words.saved : "");
    point.readings.forEach(function (r) {
      var id = "r" + point.id + r.zone;
      var input = make("input", { id: id, name: r.zone, inputmode: "decimal", autocomplete: "off", maxlength: "20" });
      if (waiting.length) input.value = waiting[0].values[r.zone] || "";
      box.append(make("div", { class: "field" }, make("label", { for: id }, r.zone + ", кВт·ч"), make("div", { class: "input" }, input)));
    });
    box.append(make("button", { class: "btn solid s3 wide", type: "submit" }, words.save), note);
    box.onsubmit = function (event) {
      event.preventDefault();
      var values = {}, seen = {}, isWrong = false;
      point.readings.forEach(function (r) {
        var input = box.elements[r.zone], typed = input.value.trim().replace(",", ".");
        var wrong = !/^\d{1,9}(\.\d{1,3})?$/.test(typed);
        input.setAttribute("aria-invalid", String(wrong));
        isWrong = isWrong || wrong;
        values[r.zone] = typed;
        if (r.value_kwh !== null) seen[r.zone] = String(r.value_kwh);
      });
      if (isWrong) { note.textContent = words.invalid; return; }
      var now = new Date(), pad = function (n) { return String(n).padStart(2, "0"); };
      var row = {
        key: waiting.length ? waiting[0].key : crypto.randomUUID(), user_id: kept.data.user_id, point_id: point.id, name: point.name,
        values: values, seen: seen, read_on: now.getFullYear() + "-" + pad(now.getMonth() + 1) + "-" + pad(now.getDate()),
      };
      put(row.key, row).then(function () { waiting = [row]; note.textContent = words.saved; });
    };
    return box;
  }
  function number(value, language) {
    return Number(value).toLocaleString(language, { maximumFractionDigits: 3 });
  }
  function moment(iso, language) {
    return new Date(iso).toLocaleString(language, { dateStyle: "short", timeStyle: "short" });
  }
  function ago(iso, language) {
    var minutes = Math.max(0, Math.round((Date.now() - new Date(iso)) / 60000));
    var words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
    if (minutes < 60) return words.format(-minutes, "minute");
    return minutes < 1440 ? words.format(-Math.round(minutes / 60), "hour") : words.format(-Math.round(minutes / 1440), "day");
  }

  window.energoOffline = { sync: sync, wipe: wipe };
  document.addEventListener("DOMContentLoaded", function () {
    var root = document.querySelector("[data-offline]");
    if (root) page(root);
  });
})();
