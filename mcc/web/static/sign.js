// A field to sign in with a finger, a pen or a mouse: straight lines in a field of 600 by 200, no picture.

const pad = document.querySelector(".pad");
const field = pad.querySelector("svg");
const line = field.querySelector("path");
const strokes = document.querySelector("input[name=strokes]");
const LONGEST = 19000;

pad.hidden = false;
let drawing = false;

function point(event) {
  const box = field.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * 600;
  const y = ((event.clientY - box.top) / box.height) * 200;
  return `${Math.max(0, Math.min(600, Math.round(x)))} ${Math.max(0, Math.min(200, Math.round(y)))}`;
}

function show() {
  line.setAttribute("d", strokes.value);
}

field.addEventListener("pointerdown", (event) => {
  drawing = true;
  field.setPointerCapture(event.pointerId);
  strokes.value += `M${point(event)}`;
});
field.addEventListener("pointermove", (event) => {
  if (!drawing || strokes.value.length > LONGEST) return;
  strokes.value += `L${point(event)}`;
  show();
});
for (const over of ["pointerup", "pointercancel"]) field.addEventListener(over, () => (drawing = false));

pad.querySelector("button").addEventListener("click", () => {
  strokes.value = "";
  show();
});
show();
