// Sends a chosen file in pieces (tus 1.0), shows how far it is, and goes on where it stopped after the line broke.
// Without this script the form sends the file in one go.
"use strict";
(function () {
  const PIECE = 16 * 1024 * 1024;
  const TRIES = 8;

  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  const reading = document.getElementById("reading");
  if (reading) {
    const look = async () => {
      try {
        const answer = await fetch(reading.dataset.href, { headers: { Accept: "application/json" } });
        if (answer.ok && (await answer.json()).state !== "reading") {
          location.reload();
          return;
        }
      } catch (error) {
        // The line is broken for a moment; the next look finds out.
      }
      setTimeout(look, 1500);
    };
    setTimeout(look, 800);
  }

  const form = document.getElementById("upload");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector(".drop");
  const box = document.getElementById("progress");
  const text = document.getElementById("progress-text");
  const bar = box.querySelector("progress");
  const token = form.querySelector("input[name=csrf]").value;
  const headers = (more) => Object.assign({ "Tus-Resumable": "1.0.0", "X-CSRF-Token": token }, more);

  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length > 0) input.files = event.dataTransfer.files;
  });

  const say = (words) => {
    box.hidden = false;
    text.textContent = words;
  };

  const begin = async (file) => {
    const chosen = form.querySelector("input[name=resource]:checked");
    const said = ["dataset " + base64(form.dataset.dataset), "filename " + base64(file.name)];
    const declared = form.querySelector("input[name=declared]");
    if (declared && declared.checked) said.push("declared " + base64("no-state-secret"));
    if (chosen && chosen.value) said.push("resource " + base64(chosen.value));
    const answer = await fetch("/internal/uploads", {
      method: "POST",
      headers: headers({ "Upload-Length": String(file.size), "Upload-Metadata": said.join(",") }),
    });
    if (!answer.ok) throw new Error((await answer.text()).trim());
    return answer.headers.get("Location");
  };

  const offset = async (place) => {
    const answer = await fetch(place, { method: "HEAD", headers: headers({}) });
    return answer.ok ? Number(answer.headers.get("Upload-Offset")) : null;
  };

  const send = async (file) => {
    const place = await begin(file);
    let at = 0;
    let failed = 0;
    while (at < file.size) {
      say(form.dataset.sending + " " + Math.floor((at / file.size) * 100) + " %");
      bar.value = (at / file.size) * 100;
      try {
        const answer = await fetch(place, {
          method: "PATCH",
          headers: headers({ "Upload-Offset": String(at), "Content-Type": "application/offset+octet-stream" }),
          body: file.slice(at, at + PIECE),
        });
        if (answer.ok) {
          at = Number(answer.headers.get("Upload-Offset"));
          failed = 0;
          continue;
        }
        if (answer.status !== 409 && answer.status < 500) throw new Error((await answer.text()).trim());
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
      failed += 1;
      if (failed > TRIES) throw new Error(form.dataset.failed);
      say(form.dataset.again);
      await pause(Math.min(1000 * 2 ** failed, 30000));
      try {
        const there = await offset(place);
        if (there !== null) at = there;
      } catch (error) {
        // Still no line; it is tried again.
      }
    }
    location.assign(place);
  };

  form.addEventListener("submit", (event) => {
    const file = input.files[0];
    if (!file) return;
    event.preventDefault();
    if (file.size > Number(form.dataset.most)) {
      say(form.dataset.large);
      return;
    }
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    send(file).catch((error) => {
      say(error.message || form.dataset.failed);
      button.disabled = false;
    });
  });
})();
