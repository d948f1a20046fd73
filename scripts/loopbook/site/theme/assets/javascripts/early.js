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

  // On a first visit the colours follow the system, without a flash of the other ones.
  let media = "(prefers-color-scheme)";
  try {
    media = __md_get("__palette")?.color?.media ?? media;
  } catch {
    // Nothing is kept, or something that is not ours.
  }
  if (media === "(prefers-color-scheme)") {
    const light = matchMedia("(prefers-color-scheme: light)").matches;
    media = `(prefers-color-scheme: ${light ? "light" : "dark"})`;
  }
  const option = document.querySelector(`[data-md-color-media="${CSS.escape(media)}"]`);
  for (const key of option ? ["media", "scheme", "primary", "accent"] : []) {
    document.body.setAttribute(`data-md-color-${key}`, option.getAttribute(`data-md-color-${key}`));
  }

  // The address of a tab opens that tab.
  addEventListener("DOMContentLoaded", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target?.name?.startsWith("__tabbed_")) target.checked = true;
  });
}
