// The time without a network (F-21): keeps what /api/v1/snapshot gives a paired phone, shows it with its age, queues a
// reading and sends it later. Everything is in one IndexedDB, which signing out wipes. Text goes in as text, never as HTML.
// Contract: [data-offline]: where the page without a network is drawn (offline.html).

/**
 * @typedef {Record<"title" | "as_of" | "retry" | "all" | "balance" | "notices" | "month" | "day" | "total" | "sent" | "refused"
 *   | "open" | "drop" | "write" | "write_note" | "save" | "saved" | "invalid", string>} Words
 * @typedef {string | number | null} Amount
 * @typedef {{ title: string, supplier: string, number: string, balance_rub: Amount }} Contract
 * @typedef {{ title: string, created_at: string }} Notice
 * @typedef {{ zone: string, value_kwh: Amount }} Register
 * @typedef {{ day: string, kwh: Amount }} Day
 * @typedef {{ id: number, name: string, meter: string, readings: Register[], days: Day[], profile_on: string | null,
 *   kwh: (number | null)[], is_due: boolean }} Point
 * @typedef {{ user_id: number, name: string, at: string, contracts: Contract[], points: Point[], notices: Notice[] }} Data
 * @typedef {{ language: string, words: Words, data: Data }} Kept what /api/v1/snapshot answers
 * @typedef {{ key: string, user_id: number, point_id: number, name: string, values: Record<string, string>,
 *   seen: Record<string, string>, read_on: string, why?: string }} Row a reading that waits to be sent
 * @typedef {{ sync(): Promise<unknown>, wipe(): Promise<unknown> }} EnergoOffline what phone.js calls
 * @typedef {string | Node | null | undefined} Piece
 */
(function () {
  "use strict";
  var NAME = "energo-offline", STORE = "kept";

  /** @returns {Promise<IDBDatabase>} */
  function open() {
    return new Promise(function (resolve, reject) {
      var request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = function () { request.result.createObjectStore(STORE); };
      request.onsuccess = function () { resolve(request.result); };
      request.onerror = function () { reject(request.error); };
    });
  }
  /**
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest} act
   * @returns {Promise<any>} what was stored, as it was stored
   */
  function run(mode, act) {
    return open().then(function (db) {
      return new Promise(function (resolve, reject) {
        var change = db.transaction(STORE, mode), request = act(change.objectStore(STORE));
        change.oncomplete = function () { db.close(); resolve(request && request.result); };
        change.onerror = function () { db.close(); reject(change.error); };
      });
    });
  }
  /** @param {string} key */
  function get(key) { return run("readonly", function (store) { return store.get(key); }); }
  /** @param {string} key @param {Kept | Row} value */
  function put(key, value) { return run("readwrite", function (store) { return store.put(value, key); }); }
  /** @param {string} key */
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

  /** @returns {Promise<Row[]>} */
  function queued() {
    return all().then(function (/** @type {(Kept | Row)[]} */ rows) { return rows.filter(function (row) { return "key" in row; }); });
  }

  // Online: read anew, then send what was written down meanwhile.
  function sync() {
    return fetch("/api/v1/snapshot", { cache: "no-store" }).then(function (answer) {
      if (answer.status === 403) return wipe();
      if (answer.status === 401) return drop("snapshot"); // the session has ended; what waits stays its owner's
      if (!answer.ok) return null;
      return answer.json().then(function (/** @type {Kept} */ kept) {
        return get("snapshot").then(function (/** @type {Kept | undefined} */ before) {
          var isOther = before && before.data.user_id !== kept.data.user_id;
          return (isOther ? empty() : Promise.resolve()).then(function () { return put("snapshot", kept); });
        }).then(function () { return send(kept); });
      });
    }).catch(function () { /* no network: what is kept stays */ });
  }
  /** @param {Kept} kept @returns {Promise<unknown>} */
  function send(kept) {
    return queued().then(function (rows) {
      return rows.reduce(function (/** @type {Promise<unknown>} */ before, row) {
        return before.then(function () {
          if (row.user_id !== kept.data.user_id) return drop(row.key);
          return row.why ? tell(kept.words, row) : sendOne(kept, row);
        });
      }, Promise.resolve());
    });
  }
  /** @param {Kept} kept @param {Row} row */
  function sendOne(kept, row) {
    var body = JSON.stringify({ key: row.key, values: row.values, read_on: row.read_on, seen: row.seen });
    var given = { method: "POST", body: body, headers: { "content-type": "application/json" } };
    return fetch("/api/v1/points/" + row.point_id + "/readings", given).then(function (answer) {
      if (answer.status === 201) return drop(row.key).then(function () { banner(kept.words.sent, row.name, []); });
      if (answer.status >= 500 || answer.status === 429 || answer.status === 401) return null; // later
      return answer.json().then(function (/** @type {{ title: string }} */ problem) {
        row.why = problem.title;
        return put(row.key, row).then(function () { return tell(kept.words, row); });
      });
    });
  }
  /** @param {Words} words @param {Row} row */
  function tell(words, row) {
    var values = Object.keys(row.values).map(function (zone) { return zone + " " + row.values[zone]; }).join(", ");
    var link = make("a", { class: "btn outline s2", href: "/points/" + row.point_id + "/submit" }, words.open);
    var off = make("button", { class: "btn outline s2", type: "button" }, words.drop);
    var box = banner(words.refused, row.name + ": " + values + ". " + row.why, [link, off]);
    off.onclick = function () { drop(row.key).then(function () { box.remove(); }); };
  }
  /** @param {string} title @param {string} text @param {Element[]} actions */
  function banner(title, text, actions) {
    var words = make("div", {}, make("b", {}, title), make("span", {}, text));
    var box = make("div", { class: "callout info offline-note", role: "status" }, words);
    actions.forEach(function (action) { box.append(action); });
    document.body.append(box);
    if (!actions.length) setTimeout(function () { box.remove(); }, 8000);
    return box;
  }

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag
   * @param {Record<string, string>} given
   * @param {...Piece} pieces
   * @returns {HTMLElementTagNameMap[T]}
   */
  function make(tag, given, ...pieces) {
    return filled(document.createElement(tag), given, pieces);
  }
  /** @param {"svg" | "rect"} tag @param {Record<string, string>} given */
  function draw(tag, given) {
    return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), given, []);
  }
  /**
   * @template {Element} T
   * @param {T} node
   * @param {Record<string, string>} given
   * @param {Piece[]} pieces
   */
  function filled(node, given, pieces) {
    Object.entries(given).forEach(function ([name, value]) { node.setAttribute(name, value); });
    pieces.forEach(function (piece) { if (piece !== null && piece !== undefined) node.append(piece); });
    return node;
  }

  // --- the page without a network
  /** @param {Element} root */
  function page(root) {
    get("snapshot").catch(function () { return null; }).then(function (/** @type {Kept | null | undefined} */ kept) {
      var dark = matchMedia("(prefers-color-scheme: dark)").matches;
      document.documentElement.className = dark ? "dark" : "light";
      if (!kept) return root.append(make("h1", {}, "Нет сети · No network"));
      document.documentElement.lang = kept.language;
      document.title = kept.words.title;
      return queued().then(function (rows) { fill(root, kept, rows); });
    });
  }
  /** @param {Element} root @param {Kept} kept @param {Row[]} rows */
  function fill(root, kept, rows) {
    var words = kept.words, data = kept.data, asked = /^\/points\/(\d+)/.exec(location.pathname);
    var id = asked && Number(asked[1]), chosen = asked && data.points.filter(function (p) { return p.id === id; });
    var retry = make("a", { class: "btn solid s2", href: location.pathname + location.search }, words.retry);
    var age = make("div", {}, make("b", {}, words.title), words.as_of + " " + moment(data.at, kept.language) + " (" + ago(data.at, kept.language) + ")");
    root.append(make("div", { class: "callout warning", role: "status" }, age, retry));
    var first = chosen && chosen[0];
    root.append(make("h1", {}, first ? first.name : data.name));
    if (first) root.append(make("a", { class: "link", href: "/overview" }, words.all));
    else data.contracts.forEach(function (contract) { root.append(contractCard(contract, kept)); });
    (chosen && chosen.length ? chosen : data.points).forEach(function (point) { root.append(pointCard(point, kept, rows)); });
    if (!chosen && data.notices.length) root.append(noticeCard(kept));
  }
  /** @param {Contract} contract @param {Kept} kept */
  function contractCard(contract, kept) {
    var balance = contract.balance_rub === null ? null : make("p", {}, kept.words.balance + ": ", make("b", {}, number(contract.balance_rub, kept.language) + " ₽"));
    var from = make("p", { class: "sub" }, contract.supplier + " · " + contract.number);
    return make("section", { class: "card" }, make("h2", {}, contract.title), from, balance);
  }
  /** @param {Point} point @param {Kept} kept @param {Row[]} rows */
  function pointCard(point, kept, rows) {
    var words = kept.words, language = kept.language;
    var box = make("section", { class: "card" }, make("h2", {}, make("a", { class: "link", href: "/points/" + point.id }, point.name)));
    box.append(make("p", { class: "sub" }, point.meter));
    point.readings.forEach(function (r) {
      box.append(make("p", {}, r.zone + ": ", make("b", { class: "fig" }, r.value_kwh === null ? "—" : number(r.value_kwh, language))));
    });
    var days = point.days.map(function (d) { return d.kwh === null ? null : Number(d.kwh); });
    box.append(figure(words.month, days, language, words.total));
    if (point.profile_on) box.append(figure(words.day + ", " + point.profile_on, point.kwh, language, words.total));
    if (point.is_due) box.append(form(point, kept, rows));
    return box;
  }
  /** @param {string} title @param {(number | null)[]} values @param {string} language @param {string} total */
  function figure(title, values, language, total) {
    var known = values.filter(function (v) { return v !== null; });
    if (!known.length) return make("p", { class: "sub" }, title + ": —");
    var most = Math.max.apply(null, known.concat(0.001)), sum = known.reduce(function (a, b) { return a + b; }, 0);
    var words = title + ". " + total + ": " + number(sum, language);
    var svg = draw("svg", { viewBox: "0 0 " + values.length * 10 + " 100", preserveAspectRatio: "none", role: "img", "aria-label": words });
    values.forEach(function (v, i) {
      if (v === null) return;
      var height = Math.max(1, v / most * 100);
      svg.append(draw("rect", { x: String(i * 10 + 1), y: String(100 - height), width: "8", height: String(height) }));
    });
    return make("figure", {}, make("figcaption", { class: "label" }, words), svg);
  }
  /** @param {Kept} kept */
  function noticeCard(kept) {
    var box = make("section", { class: "card" }, make("h2", {}, kept.words.notices));
    kept.data.notices.forEach(function (n) {
      box.append(make("p", {}, make("b", {}, n.title), " ", make("span", { class: "sub" }, moment(n.created_at, kept.language))));
    });
    return box;
  }
  /** @param {Point} point @param {Kept} kept @param {Row[]} rows */
  function form(point, kept, rows) {
    var words = kept.words;
    var waiting = rows.find(function (row) { return row.point_id === point.id; });
    /** @type {{ zone: string, last: Amount, input: HTMLInputElement }[]} */
    var dials = [];
    var box = make("form", { class: "form", novalidate: "" }, make("h3", {}, words.write), make("p", { class: "note" }, words.write_note));
    var note = make("p", { role: "status", class: "note" }, waiting ? words.saved : "");
    point.readings.forEach(function (r) {
      var id = "r" + point.id + r.zone;
      var input = make("input", { id: id, name: r.zone, inputmode: "decimal", autocomplete: "off", maxlength: "20" });
      if (waiting) input.value = waiting.values[r.zone] || "";
      dials.push({ zone: r.zone, last: r.value_kwh, input: input });
      box.append(make("div", { class: "field" }, make("label", { for: id }, r.zone + ", кВт·ч"), make("div", { class: "input" }, input)));
    });
    box.append(make("button", { class: "btn solid s3 wide", type: "submit" }, words.save), note);
    box.onsubmit = function (event) {
      event.preventDefault();
      /** @type {Record<string, string>} */
      var values = {};
      /** @type {Record<string, string>} */
      var seen = {};
      var isWrong = false;
      dials.forEach(function (dial) {
        var typed = dial.input.value.trim().replace(",", ".");
        var wrong = !/^\d{1,9}(\.\d{1,3})?$/.test(typed);
        dial.input.setAttribute("aria-invalid", String(wrong));
        isWrong = isWrong || wrong;
        values[dial.zone] = typed;
        if (dial.last !== null) seen[dial.zone] = String(dial.last);
      });
      if (isWrong) { note.textContent = words.invalid; return; }
      var now = new Date(), pad = function (/** @type {number} */ n) { return String(n).padStart(2, "0"); };
      var row = {
        key: waiting ? waiting.key : crypto.randomUUID(), user_id: kept.data.user_id, point_id: point.id, name: point.name,
        values: values, seen: seen, read_on: now.getFullYear() + "-" + pad(now.getMonth() + 1) + "-" + pad(now.getDate()),
      };
      put(row.key, row).then(function () { waiting = row; note.textContent = words.saved; });
    };
    return box;
  }
  /** @param {Amount} value @param {string} language */
  function number(value, language) {
    return Number(value).toLocaleString(language, { maximumFractionDigits: 3 });
  }
  /** @param {string} iso @param {string} language */
  function moment(iso, language) {
    return new Date(iso).toLocaleString(language, { dateStyle: "short", timeStyle: "short" });
  }
  /** @param {string} iso @param {string} language */
  function ago(iso, language) {
    var minutes = Math.max(0, Math.round((Date.now() - new Date(iso).getTime()) / 60000));
    var words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
    if (minutes < 60) return words.format(-minutes, "minute");
    return minutes < 1440 ? words.format(-Math.round(minutes / 60), "hour") : words.format(-Math.round(minutes / 1440), "day");
  }

  /** @type {Window & { energoOffline?: EnergoOffline }} */ (window).energoOffline = { sync: sync, wipe: wipe };
  document.addEventListener("DOMContentLoaded", function () {
    var root = document.querySelector("[data-offline]");
    if (root) page(root);
  });
})();
