// Offers where to go while somebody types (ARIA's combobox). Without it the box searches as it is.
"use strict";
(function () {
  const own = document.currentScript.dataset;
  const box = document.querySelector("form.search");
  const input = box && box.querySelector("input[type=search]");
  if (!input) return;
  const known = new Map();
  const list = document.createElement("div");
  const said = document.createElement("p");
  let options = [];
  let at = -1;
  let timer, asked;

  const set = (element, attributes) => {
    for (const name in attributes) element.setAttribute(name, attributes[name]);
  };
  const mark = (next) => {
    if (options[at]) set(options[at], { "aria-selected": false });
    at = next;
    if (!options[at]) return input.removeAttribute("aria-activedescendant");
    set(options[at], { "aria-selected": true });
    set(input, { "aria-activedescendant": options[at].id });
    options[at].scrollIntoView({ block: "nearest" });
  };
  const open = (yes) => {
    mark(-1);
    list.hidden = !yes;
    set(input, { "aria-expanded": yes });
  };
  const show = (html) => {
    mark(-1);
    list.innerHTML = html;
    options = [...list.querySelectorAll("[role=option]")];
    options.forEach((option, number) => (option.id = list.id + number));
    said.textContent = list.firstElementChild.dataset.said;
    open(options.length > 0);
  };
  const ask = async () => {
    const text = input.value.trimStart();
    if (asked) asked.abort();
    if (!text) return open(false);
    if (known.has(text)) return show(known.get(text));
    asked = new AbortController();
    try {
      const answer = await fetch(own.offers + "?q=" + encodeURIComponent(text), { signal: asked.signal });
      if (!answer.ok) return open(false);
      known.set(text, await answer.text());
      if (document.activeElement === input) show(known.get(text));
    } catch {
      // Typed on, or no line.
    }
  };

  list.id = list.className = "offers";
  list.hidden = true;
  set(list, { role: "listbox", "aria-label": own.label });
  set(said, { class: "sr", role: "status" });
  box.querySelector(".search-in").after(list, said);
  set(input, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": false, "aria-controls": list.id });

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && list.hidden) ask();
    // One place more: the box itself.
    else if (step) mark(((at + 1 + step + options.length + 1) % (options.length + 1)) - 1);
    else if (event.key === "Enter" && options[at]) options[at].click();
    else if (event.key === "Escape" && !list.hidden) open(false);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    open(false);
  });
})();
