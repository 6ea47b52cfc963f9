// Asks the service worker to keep this page and its parts for when there is no connection.

export async function keepPage() {
  if (!("serviceWorker" in navigator)) return;
  const { active } = await navigator.serviceWorker.register("/sw.js").then(() => navigator.serviceWorker.ready);
  const parts = [...document.querySelectorAll("link[rel=stylesheet], script[src], img[src]")];
  active.postMessage({ keep: [location.pathname, "/static/keep.js", ...parts.map((part) => part.href || part.src)] });
}
