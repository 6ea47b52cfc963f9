// Takes along every sheet of the list, so that a visit without a connection finds them.

const line = document.querySelector(".taking");

async function take() {
  const { active } = await navigator.serviceWorker.register("/sw.js").then(() => navigator.serviceWorker.ready);
  const sheets = [...document.querySelectorAll("a[data-sheet]")].map((link) => link.getAttribute("href"));
  const channel = new MessageChannel();
  channel.port1.onmessage = () => (line.textContent = line.dataset.taken);
  active.postMessage({ keep: [location.pathname, ...sheets] }, [channel.port2]);
}

if ("serviceWorker" in navigator && line) take();
