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
    // What cannot be fetched says nothing of a signature: that is for whoever asked.
    const pem = text(await get(own.key));
    const base64 = text(await get(own.signature));
    let der;
    let signature;
    try {
      der = bytes(pem.replace(/-----[^-]+-----/g, "").replace(/\s/g, ""));
      signature = bytes(base64);
    } catch {
      return own.wrong;
    }
    let valid;
    try {
      const key = await crypto.subtle.importKey("spki", der, { name: "Ed25519" }, false, ["verify"]);
      valid = await crypto.subtle.verify({ name: "Ed25519" }, key, signature, manifest);
    } catch (error) {
      return error.name === "DataError" ? own.wrong : own.cannot;
    }
    return valid ? own.valid : own.wrong;
  };

  // The quarter that a manifest names; nothing of what is none.
  const quarterOf = (buffer) => {
    try {
      const { quarter } = JSON.parse(text(buffer));
      return typeof quarter === "string" ? quarter : null;
    } catch {
      return null;
    }
  };

  const check = async (chosen) => {
    const mine = ++turn;
    results.replaceChildren();
    results.setAttribute("aria-busy", "true");
    signed.textContent = "";
    said.textContent = put(own.reading, "0", String(chosen.length));
    let whole = 0;
    let differing = 0;
    let unknown = 0;
    let large = 0;
    try {
      const named = (file) => file.webkitRelativePath || file.name;
      const depth = (file) => named(file).split("/").length;
      // Everything is held against the portal's manifest; one of the reader's must be the same: the one that no other lies above.
      const manifests = chosen.filter((file) => file.name === "manifest.json");
      const given = manifests.sort((one, other) => depth(one) - depth(other))[0];
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
      const read = given && (await given.arrayBuffer());
      const same = !read || (await digest(read)) === (await digest(manifest));
      const quarter = same ? null : quarterOf(read);
      let judged;
      if (quarter !== null && quarter !== known.quarter) judged = put(own.other, named(given), quarter);
      else judged = same || !own.signature ? await verdict(manifest) : own.wrong;
      if (mine !== turn) return;
      signed.textContent = judged;
      if (!same) {
        differing += 1;
        tell(put(own.differs, named(given)));
      }
      const files = chosen.filter((file) => file !== given && file.name !== "manifest.json.sig");
      for (const [done, file] of files.entries()) {
        if (mine !== turn) return;
        if (done % OFTEN === 0) said.textContent = put(own.reading, String(done), String(files.length));
        const name = named(file);
        if (file.size > LARGEST) {
          large += 1;
          tell(put(own.large, name));
          continue;
        }
        const hash = await digest(await file.arrayBuffer());
        if (mine !== turn) return;
        const wanted = meant(name);
        // Without a folder the name alone may be that of a list and mean a table.
        const right = wanted === null || !file.webkitRelativePath ? hashes.has(hash) : wanted === hash;
        if (right) {
          whole += 1;
          tell(put(own.whole, name));
        } else if (wanted !== null) {
          differing += 1;
          tell(put(own.differs, name));
        } else {
          unknown += 1;
          tell(put(own.unknown, name));
        }
      }
      const rest = unknown + large > 0 ? " " + put(own.rest, String(unknown), String(large)) : "";
      said.textContent = put(own.done, String(whole), String(differing)) + rest;
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
