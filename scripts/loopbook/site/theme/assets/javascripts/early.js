// What must be done before the page is painted: the names that the theme's script expects, and the
// reader's choice of colours. The theme has the same in inline scripts, which our policy forbids.
"use strict";

// The theme reads these four from the window.
window.__md_scope = new URL(document.currentScript.dataset.base, location);

window.__md_hash = (text) =>
  [...text].reduce((sum, letter) => ((sum << 5) - sum + letter.charCodeAt(0)) | 0, 0);

window.__md_get = (key, storage = localStorage, scope = __md_scope) =>
  JSON.parse(storage.getItem(`${scope.pathname}.${key}`));

window.__md_set = (key, value, storage = localStorage, scope = __md_scope) => {
  try {
    storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    // A reader who lets nothing be kept chooses the colours on each page.
  }
};

{
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  // The theme's script says this too, but later, when it costs a new style for the whole page.
  root.classList.add("js-focus-visible");
  root.dataset.jsFocusVisible = "";

  // The address of a tab opens that tab.
  addEventListener("DOMContentLoaded", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target?.name?.startsWith("__tabbed_")) target.checked = true;
  });
}

// The switch of colours. The theme's own works when the page is shown already and has the whole
// page styled four times more: on a long one, the largest part of what a slow phone has to do.
{
  const KEYS = ["media", "scheme", "primary", "accent"];
  const SYSTEM = "(prefers-color-scheme)";
  const options = [...document.querySelectorAll("input[name=__palette]")];
  const light = matchMedia("(prefers-color-scheme: light)");
  const [whole, bar] = ["color-scheme", "theme-color"].map((name) =>
    document.head.appendChild(Object.assign(document.createElement("meta"), { name })),
  );
  let chosen = 0;

  const ofMedia = (media) => options.findIndex((option) => option.dataset.mdColorMedia === media);

  // The bars of a phone's browser, in the colour of our header.
  function colourBars() {
    bar.content = getComputedStyle(document.querySelector(".md-header")).backgroundColor;
  }

  function show(index) {
    chosen = index;
    const system = options[index].dataset.mdColorMedia === SYSTEM;
    const named = `(prefers-color-scheme: ${light.matches ? "light" : "dark"})`;
    const shown = options[system ? ofMedia(named) : index];
    for (const key of KEYS) {
      document.body.setAttribute(`data-md-color-${key}`, shown.getAttribute(`data-md-color-${key}`));
    }
    whole.content = shown.dataset.mdColorScheme === "slate" ? "dark" : "light";
    options.forEach((option, i) => {
      option.checked = i === index;
      option.nextElementSibling.hidden = i !== index; // the button leads to the next option
    });
  }

  function choose(index) {
    show(index);
    colourBars();
    __md_set("__palette", { index, color: { media: options[index].dataset.mdColorMedia } });
  }

  options.forEach((option, index) => {
    option.addEventListener("change", () => choose(index));
    option.addEventListener("keydown", ({ key }) => {
      if (key !== "Enter") return;
      const next = (index + 1) % options.length;
      choose(next);
      options[next].focus();
    });
  });
  light.addEventListener("change", () => {
    show(chosen);
    colourBars();
  });
  addEventListener("load", colourBars);

  // On a first visit the colours follow the system, without a flash of the other ones.
  let media;
  try {
    media = __md_get("__palette")?.color?.media;
  } catch {
    // Nothing is kept, or something that is not ours.
  }
  if (options.length) show(Math.max(0, ofMedia(media ?? SYSTEM)));
}
