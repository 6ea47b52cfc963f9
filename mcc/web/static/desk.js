// Takes along every sheet of the list and the forms of its visits, with their scripts, so that a visit without a connection finds them.

const line = document.querySelector(".taking");

async function take() {
  const { active } = await navigator.serviceWorker.register("/sw.js").then(() => navigator.serviceWorker.ready);
  const sheets = [...document.querySelectorAll("a[data-sheet]")].map((link) => link.getAttribute("href"));
  const channel = new MessageChannel();
  const parts = [...document.querySelectorAll("link[rel=stylesheet], img[src]")].map((part) => part.href || part.src);
  channel.port1.onmessage = () => (line.textContent = line.dataset.taken);
  active.postMessage({ keep: [location.pathname, ...sheets, ...parts, ...line.dataset.scripts.split(" ")] }, [channel.port2]);
}

if ("serviceWorker" in navigator && line) take();
