// Makes what the theme leaves to the mouse reachable by keyboard, and names it for screen readers:
// boxes that scroll sideways, the buttons for menu and search, the rows of buttons in listings.
const BOXES = {
  ".run-picture": "Figure",
  "div.arithmatex": "Formula",
  ".md-typeset__scrollwrap": "Table",
  "pre > code": "Listing",
  "pre > samp": "Output",
};
// What the theme opens with a label, which no key reaches.
const OPENED = { __drawer: "Menu", __search: "Search" };
const ROW = ".md-code__nav";
const SCROLLS = new Set(["auto", "scroll"]);

// A box can be focused while there is something to scroll in it, and only then.
function measure(box) {
  const wide = box.scrollWidth > box.clientWidth && SCROLLS.has(getComputedStyle(box).overflowX);
  if (wide && !box.hasAttribute("tabindex")) {
    const [, kind] = Object.entries(BOXES).find(([selector]) => box.matches(selector));
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", `${kind}, scrolls sideways`);
    box.dataset.scrolls = "";
  } else if (!wide && "scrolls" in box.dataset) {
    for (const name of ["tabindex", "role", "aria-label", "data-scrolls"]) box.removeAttribute(name);
  }
}

// A button in the place of a label; the theme's style sheet finds it by the same attribute.
function button(label, box, words) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = label.className;
  made.setAttribute("for", label.htmlFor);
  made.setAttribute("aria-label", words);
  made.append(...label.childNodes);
  made.addEventListener("click", () => box.click());
  return made;
}

export function start() {
  const article = document.querySelector("article");
  const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => measure(target)));
  for (const box of article.querySelectorAll(Object.keys(BOXES))) sizes.observe(box);
  // The theme makes a landmark of each row of buttons: dozens of them, without names. It adds the
  // rows, and the boxes around tables, before or after this runs.
  for (const row of article.querySelectorAll(ROW)) row.setAttribute("role", "none");
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        if (node.matches(ROW)) node.setAttribute("role", "none");
        if (node.matches(".md-typeset__scrollwrap")) sizes.observe(node);
      }
    }
  }).observe(article, { childList: true, subtree: true });

  for (const [id, words] of Object.entries(OPENED)) {
    const label = document.querySelector(`.md-header__button[for=${id}]`);
    if (label) label.replaceWith(button(label, document.getElementById(id), words));
  }
}
