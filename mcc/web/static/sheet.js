// Comfort for whoever scores: keys for levels, saving while one types, and work that goes on without a connection.
// What is typed is kept on the device first and sent after; nothing is removed here before the server has it.

import { keepPage } from "./keep.js";

const form = document.querySelector("form.sheet");
const line = document.querySelector(".saving");
const draft = `${form.dataset.person}:${form.dataset.seat}`;
const PAUSE = 1500;

const open = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open("mcc", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("drafts", { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function store(mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("drafts", mode);
    const request = work(transaction.objectStore("drafts"));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
  });
}

const say = (name, time = "") => {
  line.textContent = (line.dataset[name] || "").replace("{time}", time);
  line.dataset.state = name;
};

const typed = () => [...new FormData(form)].filter(([name]) => name !== "seen");

function fill(fields) {
  for (const control of form.elements) {
    const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
    else if (control.tagName === "TEXTAREA") control.value = values[0] ?? "";
  }
}

async function keep() {
  const at = Date.now();
  await store("readwrite", (drafts) => drafts.put({ id: draft, fields: typed(), seen: form.elements.seen.value, at }));
  return at;
}

// One at a time, over all tabs: two that send at once would each take the other for somebody else.
const send = () => navigator.locks.request(draft, sendDraft);

async function sendDraft() {
  const waiting = await store("readonly", (drafts) => drafts.get(draft));
  if (!waiting) return;
  const body = new URLSearchParams([...waiting.fields, ["seen", waiting.seen]]);
  let answer;
  try {
    answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    say("waiting");
    return;
  }
  if (!answer.ok) {
    say(answer.status === 409 ? "conflict" : answer.status === 401 ? "signedout" : "refused");
    return;
  }
  const told = await answer.json();
  form.elements.seen.value = told.mark;
  const now = await store("readonly", (drafts) => drafts.get(draft));
  if (now && now.at === waiting.at) await store("readwrite", (drafts) => drafts.delete(draft));
  else if (now) await store("readwrite", (drafts) => drafts.put({ ...now, seen: told.mark }));
  say("saved", told.time);
  showDone(told.done);
}

function showDone(done) {
  for (const place of document.querySelectorAll("[data-done]")) place.textContent = done;
}

let timer;
form.addEventListener("input", async () => {
  clearTimeout(timer);
  await keep();
  say("typing");
  timer = setTimeout(send, PAUSE);
});

// A full submit carries everything; once the server has shown the next page, the draft would only be in the way.
form.addEventListener("submit", () => clearTimeout(timer));

addEventListener("online", send);

document.addEventListener("keydown", (event) => {
  if (form.inert || event.ctrlKey || event.altKey || event.metaKey || /^(TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  const here = event.target.closest(".indicator") || document.querySelector(".indicator");
  const all = [...document.querySelectorAll(".indicator")];
  if (/^[0-9]$/.test(event.key)) {
    const level = [...here.querySelectorAll("input[type=radio]")].find((one) => one.value === event.key);
    if (level) {
      level.checked = true;
      level.focus();
      level.dispatchEvent(new Event("input", { bubbles: true }));
    }
  } else if (event.key === "n") {
    event.preventDefault();
    here.querySelector("textarea").focus();
  } else if (event.key === "j" || event.key === "k") {
    const next = all[all.indexOf(here) + (event.key === "j" ? 1 : -1)];
    if (next) next.querySelector("input[type=radio]").focus();
  }
});

// Nothing can be typed until what was kept stands in the form again: else one would take the other's place.
async function begin() {
  form.inert = true;
  const kept = await store("readonly", (drafts) => drafts.get(draft)).finally(() => (form.inert = false));
  form.dataset.ready = "yes";
  if (kept && form.dataset.refused !== "yes") {
    fill(kept.fields);
    form.elements.seen.value = kept.seen;
    await send();
  } else if (kept) {
    await store("readwrite", (drafts) => drafts.delete(draft));
  }
  await keepPage();
}

begin();
