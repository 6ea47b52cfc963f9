// Reads a QR code with the camera. Only an address of this very site is followed; any other is shown, not opened.

const PAUSE = 150;
const WIDEST = 720;

export async function read(section) {
  const video = section.querySelector("video");
  const said = section.querySelector("[role=status]");
  const find = await makeFinder(section.dataset.decoder);
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    said.textContent = section.dataset.denied;
    return;
  }
  video.hidden = false;
  said.textContent = section.dataset.looking;
  await video.play();
  const text = await watch(video, find);
  stop(video);
  follow(text, section, said);
}

async function watch(video, find) {
  for (;;) {
    const text = video.videoWidth ? await find(video) : null;
    if (text) return text;
    await new Promise((done) => setTimeout(done, PAUSE));
  }
}

function stop(video) {
  for (const track of video.srcObject.getTracks()) track.stop();
  video.hidden = true;
}

function follow(text, section, said) {
  const code = ownCode(text, section.dataset.site);
  if (code) location.assign(`/v/${code}`);
  else said.textContent = section.dataset.foreign.replace("{text}", text.slice(0, 200));
}

function ownCode(text, site) {
  for (const start of [`${location.origin}/v/`, `${site}/v/`]) {
    const rest = text.startsWith(start) ? text.slice(start.length) : "";
    const code = rest.match(/^[a-z2-7]{26}(?=$|#)/);
    if (code) return code[0];
  }
  return null;
}

// The browser's own reader where it has one, else a small one written in JavaScript.
async function makeFinder(decoder) {
  const known = "BarcodeDetector" in window ? await BarcodeDetector.getSupportedFormats() : [];
  if (known.includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  await load(decoder);
  const canvas = document.createElement("canvas");
  return (video) => readPixels(video, canvas);
}

function readPixels(video, canvas) {
  const scale = Math.min(1, WIDEST / video.videoWidth);
  canvas.width = video.videoWidth * scale;
  canvas.height = video.videoHeight * scale;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(video, 0, 0, canvas.width, canvas.height);
  const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height);
  return jsQR(data, width, height)?.data;
}

function load(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src: address, onload: done, onerror: failed });
    document.head.append(script);
  });
}
