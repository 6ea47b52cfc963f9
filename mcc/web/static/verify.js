// Offers the camera where there is one; what reads it is fetched only when somebody asks for it.

const section = document.getElementById("camera");
const button = section.querySelector("button");

if (navigator.mediaDevices?.getUserMedia) section.hidden = false;

button.addEventListener("click", async () => {
  button.disabled = true;
  const { read } = await import(section.dataset.reader);
  await read(section);
  button.disabled = false;
});
