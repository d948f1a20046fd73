// Loads the module of an interactive figure when its place on the page comes near the screen.
const NEAR = "600px";
const here = document.currentScript.src;

// A page opened from the file system may not import modules: there they are built as plain scripts.
export function load(name) {
  const address = new URL(`${name}.js`, here).href;
  if (location.protocol !== "file:") return import(address);
  const script = document.createElement("script");
  script.src = address;
  document.head.append(script);
  return new Promise((done, failed) => Object.assign(script, { onload: done, onerror: failed }));
}

export function start() {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        // Without its module a figure stays the picture that it is.
        load(`figures/${target.dataset.figure}`).catch(() => target.removeAttribute("data-figure"));
      }
    },
    { rootMargin: NEAR },
  );
  for (const place of document.querySelectorAll("[data-figure]")) observer.observe(place);
}
