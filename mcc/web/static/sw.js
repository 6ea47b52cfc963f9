// Keeps the sheets and the forms of a visit of whoever evaluates, and what they need to be shown, for when there is no connection.
// The network always comes first; signing out forgets everything that was kept.

const KEPT = "mcc-sheets-1";
const OURS = /^\/(evaluacion|static)(\/|$)|^\/solicitudes\/[^/]+\/(visita\/conversaciones|evidencia)$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => event.waitUntil(keep(event.data.keep, event.ports[0])));

async function keep(addresses, port) {
  const cache = await caches.open(KEPT);
  for (const address of addresses) {
    try {
      const answer = await fetch(address);
      if (answer.ok && !answer.redirected) await cache.put(address, answer);
    } catch {
      // Without a connection what was kept before stays.
    }
  }
  if (port) port.postMessage("kept");
}

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (origin !== location.origin) return;
  if (method === "POST" && pathname === "/salir") event.respondWith(forget(event.request));
  else if (method === "GET" && OURS.test(pathname)) event.respondWith(answer(event.request));
});

async function forget(request) {
  await caches.delete(KEPT);
  return fetch(request);
}

async function answer(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true, ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}
