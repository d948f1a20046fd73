// What an element's title says, in a box beside it: under the mouse, at the focus, at a finger.
// One listener for the whole page; nothing is done before somebody points at something.
import { make } from "./element.js";

const WAIT = 200; // milliseconds under the mouse

export function start() {
  const article = document.querySelector("article");
  if (!article) return;
  const box = make("div", "tip md-typeset");
  box.id = "tip";
  box.role = "tooltip";
  box.hidden = true;
  article.after(box); // outside: what it says is no part of the chapter
  let shown = null;
  let timer = 0;

  function hide() {
    clearTimeout(timer);
    if (!shown) return;
    shown.title = box.textContent;
    shown.removeAttribute("aria-describedby");
    shown = null;
    box.hidden = true;
  }

  function show(element) {
    if (element === shown) return;
    hide();
    box.textContent = element.title;
    element.setAttribute("aria-describedby", box.id);
    element.removeAttribute("title"); // else the browser shows it too
    shown = element;
    box.hidden = false;
    const place = element.getClientRects()[0];
    const left = Math.min(place.left, document.documentElement.clientWidth - box.offsetWidth - 8);
    const below = place.bottom + box.offsetHeight + 8 < innerHeight;
    const top = below ? place.bottom + 4 : place.top - box.offsetHeight - 4;
    box.style.left = `${Math.max(left, 8) + scrollX}px`;
    box.style.top = `${top + scrollY}px`;
  }

  const titled = (event) => event.target.closest?.("article [title]");

  article.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || shown?.contains(event.target)) return;
    hide();
    const element = titled(event);
    if (element) timer = setTimeout(show, WAIT, element);
  });
  article.addEventListener("pointerout", (event) => {
    // The box may be pointed at as well, to read it at leisure.
    if (event.pointerType !== "touch" && event.relatedTarget !== box) hide();
  });
  box.addEventListener("pointerleave", hide);
  article.addEventListener("focusin", (event) => {
    const element = titled(event);
    if (element?.matches(":focus-visible")) show(element);
  });
  article.addEventListener("focusout", hide);
  article.addEventListener("click", (event) => {
    const element = titled(event) ?? (shown?.contains(event.target) ? shown : null);
    if (event.pointerType !== "touch" || element?.closest("a, button")) return;
    if (!element || element === shown) hide();
    else show(element);
  });
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hide();
  });
}
