// Verifies files of a release where they lie: nothing leaves the browser. Without it the page tells the commands.
"use strict";
(function () {
  const box = document.getElementById("verify");
  if (!box) return;
  const own = box.dataset;
  const said = document.getElementById("said");
  const signed = document.getElementById("signed");
  const results = document.getElementById("results");
  // What is hashed in one go must fit into memory.
  const LARGEST = 512 * 1024 * 1024;
  // So often it is told how far it is: whoever listens to the page hears no name of each file.
  const OFTEN = 10;
  let turn = 0;

  // Browsers count hashes on https and on the machine itself alone.
  if (!window.crypto || !crypto.subtle) {
    said.textContent = own.impossible;
    return;
  }

  const put = (text, ...words) => words.reduce((told, word, number) => told.replace("%" + (number + 1), () => word), text);
  const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const bytes = (base64) => Uint8Array.from(atob(base64.trim()), (sign) => sign.charCodeAt(0));
  const tell = (text) => {
    const line = document.createElement("li");
    line.textContent = text;
    results.append(line);
  };
  const get = async (href) => {
    const answer = await fetch(href);
    if (!answer.ok) throw new Error(answer.status);
    return answer.arrayBuffer();
  };
  const text = (buffer) => new TextDecoder().decode(buffer);

  // What the portal says of the signature over a manifest.
  const verdict = async (manifest) => {
    if (!own.signature || !own.key) return own.unsigned;
    let valid;
    try {
      const pem = text(await get(own.key)).replace(/-----[^-]+-----/g, "").replace(/\s/g, "");
      const key = await crypto.subtle.importKey("spki", bytes(pem), { name: "Ed25519" }, false, ["verify"]);
      const signature = bytes(text(await get(own.signature)));
      valid = await crypto.subtle.verify({ name: "Ed25519" }, key, signature, manifest);
    } catch {
      return own.cannot;
    }
    return valid ? own.valid : own.wrong;
  };

  const check = async (chosen) => {
    const mine = ++turn;
    results.replaceChildren();
    results.setAttribute("aria-busy", "true");
    signed.textContent = "";
    said.textContent = put(own.reading, "0", String(chosen.length));
    let whole = 0;
    let differing = 0;
    try {
      const named = (file) => file.webkitRelativePath || file.name;
      // Everything is held against the portal's manifest; one of the reader's must be the same.
      const given = chosen.find((file) => file.name === "manifest.json");
      const manifest = await get(own.manifest);
      const known = JSON.parse(text(manifest));
      const listed = known.datasets.flatMap((dataset) => dataset.files).concat(known.files);
      const hashes = new Set(listed.map((file) => file.sha256));
      const paths = new Map(listed.map((file) => [file.path, file.sha256]));
      // A file is meant by the longest end of its name that is a path of the manifest.
      const meant = (name) => {
        for (let rest = name; rest; rest = rest.includes("/") ? rest.slice(rest.indexOf("/") + 1) : "") {
          if (paths.has(rest)) return paths.get(rest);
        }
        return null;
      };
      const digest = async (buffer) => hex(await crypto.subtle.digest("SHA-256", buffer));
      const same = !given || (await digest(await given.arrayBuffer())) === (await digest(manifest));
      const judged = same || !own.signature ? await verdict(manifest) : own.wrong;
      if (mine !== turn) return;
      signed.textContent = judged;
      if (!same) {
        differing += 1;
        tell(put(own.differs, named(given)));
      }
      const files = chosen.filter((file) => !["manifest.json", "manifest.json.sig"].includes(file.name));
      for (const [done, file] of files.entries()) {
        if (mine !== turn) return;
        if (done % OFTEN === 0) said.textContent = put(own.reading, String(done), String(files.length));
        const name = named(file);
        if (file.size > LARGEST) {
          tell(put(own.large, name));
          continue;
        }
        const hash = await digest(await file.arrayBuffer());
        if (mine !== turn) return;
        const wanted = meant(name);
        if (wanted === null ? hashes.has(hash) : wanted === hash) {
          whole += 1;
          tell(put(own.whole, name));
        } else if (wanted !== null) {
          differing += 1;
          tell(put(own.differs, name));
        } else {
          tell(put(own.unknown, name));
        }
      }
      said.textContent = put(own.done, String(whole), String(differing));
    } catch {
      if (mine === turn) said.textContent = own.failed;
    }
    if (mine === turn) results.setAttribute("aria-busy", "false");
  };

  for (const input of box.querySelectorAll("input[type=file]")) {
    input.disabled = false;
    input.addEventListener("change", () => {
      if (input.files.length) check([...input.files]);
    });
  }
})();
