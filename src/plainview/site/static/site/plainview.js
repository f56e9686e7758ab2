/* Small comforts. Every page works without this file, and it measures nothing.

   In:  data-offline="queue"  a form kept on this device until the network takes it
        data-print            a button that prints (hidden without scripts)
        data-focus            where the reader is led after a part of the page was replaced
        data-keys             a form in which the keys 1 to 9 lead to its choices
   The queue posts with the header X-Plainview-Queue: 1 and the field client_key. 2xx means kept (the same key twice
   is one note); a redirect, 401, 403, 408, 429 or 5xx means "later"; any other 4xx hands the form over the ordinary
   way, so that the server's page can say why. */
(() => {
  "use strict";
  const body = document.body;
  const all = (what, where = document) => where.querySelectorAll(what);
  const say = (words, kind) => {
    const line = document.createElement("p");
    line.className = "message " + kind;
    line.textContent = words;
    document.getElementById("messages")?.replaceChildren(line);
  };

  /* A double click is one deed. */
  const rest = form => form?.removeAttribute("aria-busy");
  document.addEventListener("submit", event => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.setAttribute("aria-busy", "true");
    setTimeout(rest, 8000, form);
    if (form.dataset.offline === "queue" && body.dataset.who && window.indexedDB) keep(event, form);
  }, true);
  addEventListener("pageshow", () => all("form[aria-busy]").forEach(rest));
  document.addEventListener("htmx:afterRequest", event => rest(event.detail.elt.closest("form")));
  for (const trouble of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(trouble, () => say(body.dataset.sayTrouble, "error"));
  }

  /* Notes that wait. Each belongs to the person who wrote it and is sent only while that person is signed in. */
  const waiting = (mode, act) => new Promise((done, failed) => {
    const opening = indexedDB.open("plainview", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("waiting", { keyPath: "key" });
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const deed = opening.result.transaction("waiting", mode);
      const asked = act(deed.objectStore("waiting"));
      deed.oncomplete = () => { opening.result.close(); done(asked.result); };
      deed.onerror = deed.onabort = () => failed(deed.error);
    };
  });
  const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), n => n.toString(16).padStart(2, "0")).join("");
  const post = async note => {
    const fields = new FormData();
    for (const [name, value] of note.fields) fields.append(name, value);
    const headers = { ...JSON.parse(body.getAttribute("hx-headers") || "{}"), "X-Plainview-Queue": "1" };
    const answer = await fetch(note.url, { method: "POST", body: fields, headers, redirect: "manual" });
    if (answer.ok) return "kept";
    const later = answer.type === "opaqueredirect" || [401, 403, 408, 429].includes(answer.status) || answer.status >= 500;
    return later ? "later" : "look";
  };
  const theOrdinaryWay = (form, pressed) => {
    if (pressed?.name) {
      const value = document.createElement("input");
      Object.assign(value, { type: "hidden", name: pressed.name, value: pressed.value });
      form.append(value);
    }
    HTMLFormElement.prototype.submit.call(form);
  };

  const keep = async (event, form) => {
    event.preventDefault();
    const pressed = event.submitter;
    const key = form.elements.client_key?.value || newKey();
    const fields = [...new FormData(form, pressed)].filter(([name]) => name !== "client_key" && name !== "csrfmiddlewaretoken");
    const note = { key, who: body.dataset.who, url: form.action, fields: [...fields, ["client_key", key]] };
    try {
      await waiting("readwrite", box => box.put(note));
    } catch {
      return theOrdinaryWay(form, pressed);
    }
    const became = await send(note, true);
    rest(form);
    if (became === "look") return theOrdinaryWay(form, pressed);
    form.reset();
    if (form.elements.client_key) form.elements.client_key.value = newKey();
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  };

  /* A note that the server wants looked at goes back to its form; where the form is gone, it stays kept and is said. */
  const send = async (note, hasForm) => {
    const became = await post(note).catch(() => "offline");
    if (became === "kept" || (became === "look" && hasForm)) await waiting("readwrite", box => box.delete(note.key));
    if (became === "kept") say(body.dataset.saySent, "success");
    else if (became === "offline") say(body.dataset.sayKept, "info");
    else if (!(became === "look" && hasForm)) say(body.dataset.sayWaiting, "warning");
    return became;
  };

  let busy = false;
  const sendAll = async () => {
    if (busy || !body.dataset.who || !document.querySelector("[data-offline]")) return;
    busy = true;
    try {
      for (const note of await waiting("readonly", box => box.getAll())) {
        if (note.who === body.dataset.who && ["offline", "later"].includes(await send(note, false))) break;
      }
    } catch { /* a browser that keeps nothing has nothing to send */ } finally { busy = false; }
  };
  addEventListener("online", sendAll);
  sendAll();

  /* Where the reader is led. */
  document.addEventListener("htmx:afterSettle", event => {
    const fresh = event.target;
    const place = fresh.matches("[data-focus]") ? fresh : fresh.querySelector("[data-focus]");
    if (place) place.focus();
    else if (document.activeElement === body) document.getElementById("content")?.focus();
  });
  document.querySelector(".error-summary")?.focus();

  document.addEventListener("keydown", event => {
    const box = event.target.closest?.("[data-keys]");
    if (!box || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])")) return;
    const choice = all("input[type=radio], input[type=checkbox]", box)[Number(event.key) - 1];
    if (choice) { choice.focus(); event.preventDefault(); }
  });

  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.onclick = () => print();
  }
})();
