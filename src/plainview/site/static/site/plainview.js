/* Small comforts. Every page works without this file, and it measures nothing.

   In:  data-offline="queue"  a form kept on this device until the network takes it
        data-print            a button that prints; like data-needs-script, hidden without scripts
        data-focus            where the reader is led after a swap
        data-keys             the keys 1 to 9 lead to its choices
   The queue posts with the header X-Plainview-Queue: 1 and the fields client_key (the same key twice is one
   note) and written_at. 2xx: kept. A redirect, 401, 403, 408, 429, 5xx: later. Any other 4xx: sent the ordinary way. */
(() => {
  "use strict";
  const body = document.body;
  const on = (what, deed, early) => document.addEventListener(what, deed, early);
  const say = (words, kind) => {
    const line = Object.assign(document.createElement("p"), { className: "message " + kind, textContent: words });
    document.getElementById("messages")?.replaceChildren(line);
  };

  /* A double click is one deed. */
  const rest = form => form?.removeAttribute("aria-busy");
  on("submit", event => {
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
  addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(rest));
  on("htmx:afterRequest", event => rest(event.detail.elt.closest("form")));
  const trouble = () => say(body.dataset.sayTrouble, "error");
  on("htmx:responseError", trouble);
  on("htmx:sendError", trouble);

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
  const newKey = () => [...crypto.getRandomValues(new Uint32Array(4))].map(n => n.toString(16).padStart(8, "0")).join("");
  const post = async note => {
    const fields = new FormData();
    for (const [name, value] of note.fields) fields.append(name, value);
    fields.delete("csrfmiddlewaretoken"); // The page's own is newer; it goes with the headers.
    const headers = { ...JSON.parse(body.getAttribute("hx-headers")), "X-Plainview-Queue": "1" };
    const answer = await fetch(note.url, { method: "POST", body: fields, headers, redirect: "manual" });
    if (answer.ok) return "kept";
    const later = answer.type === "opaqueredirect" || answer.status >= 500;
    return later || [401, 403, 408, 429].includes(answer.status) ? "later" : "look";
  };
  const send = async note => {
    const became = await post(note).catch(() => "offline");
    if (became === "kept" || became === "look") await waiting("readwrite", box => box.delete(note.key));
    if (became === "kept") say(body.dataset.saySent, "success");
    else if (became === "offline") say(body.dataset.sayKept, "info");
    else say(body.dataset.sayWaiting, "warning");
    return became;
  };

  const keep = async (event, form) => {
    event.preventDefault();
    const pressed = event.submitter;
    const key = form.elements.client_key;
    key.value ||= newKey();
    const fields = [...new FormData(form, pressed), ["written_at", new Date().toISOString()]];
    const note = { key: key.value, who: body.dataset.who, url: form.action, fields };
    const became = await waiting("readwrite", box => box.put(note)).then(() => send(note), () => "look");
    rest(form);
    if (became === "look") {
      const { name, value } = pressed ?? {};
      if (name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      return HTMLFormElement.prototype.submit.call(form);
    }
    document.querySelector(".error-summary")?.remove(); // It was about the note that is kept now.
    // The next note is about the same lesson: skill, medium and language stay; who and the words do not.
    for (const one of form.querySelectorAll("textarea, [type=file], [type=checkbox]")) {
      if (one.type === "checkbox") one.checked = false;
      else one.value = "";
    }
    key.value = newKey();
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  };

  const sendAll = async () => {
    const form = document.querySelector("[data-offline]");
    if (!body.dataset.who || !form) return;
    for (const note of await waiting("readonly", box => box.getAll()).catch(() => [])) {
      if (note.who !== body.dataset.who) continue;
      const became = await send(note);
      if (became === "kept") continue;
      // What cannot be taken as it stands comes back into the form, before its writer.
      if (became === "look") for (const [name, value] of note.fields) {
        if (form.elements[name] && typeof value === "string") form.elements[name].value = value;
      }
      break;
    }
  };
  addEventListener("online", sendAll);
  sendAll();

  on("htmx:afterSettle", event => {
    const fresh = event.target;
    const place = fresh.matches("[data-focus]") ? fresh : fresh.querySelector("[data-focus]");
    if (place) place.focus();
    else if (document.activeElement === body) document.getElementById("content")?.focus();
  });
  document.querySelector(".error-summary")?.focus();

  on("keydown", event => {
    const box = event.target.closest?.("[data-keys]");
    if (!box || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("textarea, select, input:not([type=radio])")) return;
    const choice = box.querySelectorAll("input[type=radio]")[event.key - 1];
    if (choice) { choice.focus(); event.preventDefault(); }
  });

  for (const button of document.querySelectorAll("[data-needs-script], [data-print]")) {
    button.hidden = false;
    if ("print" in button.dataset) button.onclick = () => print();
  }
})();
