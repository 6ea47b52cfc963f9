// Forms of a visit that are sent without a connection wait on the device and go out once, with the word drawn for each.

import { keepPage } from "./keep.js";

const form = document.querySelector("main form");
const line = document.querySelector(".saving");
const BOX = "outbox";

const open = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open("mcc-outbox", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(BOX, { keyPath: "once" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function store(mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(BOX, mode);
    const request = work(transaction.objectStore(BOX));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
  });
}

const word = () => [...crypto.getRandomValues(new Uint8Array(13))].map((one) => one.toString(16).padStart(2, "0")).join("");

const say = (name) => {
  line.textContent = line.dataset[name] || "";
  line.dataset.state = name;
};

// One at a time, over all tabs. What the server refuses stays and is shown by the page itself when it is opened again.
const flush = () =>
  navigator.locks.request(BOX, async () => {
    const waiting = await store("readonly", (box) => box.getAll());
    let sent = 0;
    for (const { once, address, fields } of waiting) {
      const body = new FormData();
      for (const [name, value] of fields) body.append(name, value);
      const answer = await fetch(address, { method: "POST", body, redirect: "manual" });
      if (answer.type !== "opaqueredirect") break;
      await store("readwrite", (box) => box.delete(once));
      sent += 1;
    }
    if (sent) say("sent");
  });

form.addEventListener("submit", async (event) => {
  if (navigator.onLine) return;
  event.preventDefault();
  const fields = [...new FormData(form)].filter(([, value]) => !(value instanceof File) || value.size);
  const once = form.elements.once.value;
  await store("readwrite", (box) => box.put({ once, address: location.pathname, fields }));
  form.reset();
  form.elements.once.value = word();
  say("waiting");
});

const tryToSend = () => flush().catch(() => say("waiting"));
addEventListener("online", tryToSend);
tryToSend();
keepPage();
