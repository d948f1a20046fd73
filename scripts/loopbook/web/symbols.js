// A symbol in a formula and its name in code point at each other. The table "Symbols, and their
// names in code" says which belong together; places are found when they are asked for.
import { make } from "./element.js";

const OTHER = ".c, .c1, .s, .sa, .sd, .s1, .s2"; // comments and strings name nothing
let rows, names;
const known = new WeakMap(); // where names stand in a listing

const plain = (text) => text.normalize("NFKD").replace(/\s/g, "");

// The symbol that an element of a formula belongs to, with the element that holds all of it.
function symbolAt(element) {
  if (element.closest("mjx-script")) return; // an index is a label, not the symbol
  let found;
  for (let e = element; e && !e.matches("mjx-math, mjx-container"); e = e.parentElement) {
    const sign = plain(e.textContent);
    if (sign.length > 3) break;
    if (rows.some((row) => row.sign === sign)) found = { sign, element: e };
  }
  return found;
}

function symbolsIn(formula) {
  const found = new Map();
  const walker = document.createTreeWalker(formula.querySelector("mjx-math"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const symbol = symbolAt(walker.currentNode.parentElement);
    if (symbol) found.set(symbol.element, symbol);
  }
  return [...found.values()].map(({ sign, element }) => {
    const range = new Range();
    range.selectNodeContents(element);
    return { key: sign, range };
  });
}

function namesIn(code) {
  if (known.has(code)) return known.get(code);
  const parts = [];
  let text = "";
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    parts.push({ node, at: text.length });
    text += node.parentElement.closest(OTHER) ? " ".repeat(node.length) : node.data;
  }
  const spot = (offset) => {
    const part = parts.findLast(({ at }) => at < offset) ?? parts[0];
    return [part.node, offset - part.at];
  };
  const found = [...text.matchAll(names)].map(({ 0: key, index }) => {
    const range = new Range();
    range.setStart(...spot(index + 1));
    range.setStart(range.startContainer, range.startOffset - 1);
    range.setEnd(...spot(index + key.length));
    return { key, range };
  });
  known.set(code, found);
  return found;
}

const under = ({ range }, { clientX: x, clientY: y }) =>
  [...range.getClientRects()].some((r) => x >= r.left && x <= r.right && y >= r.top && y <= r.bottom);

// The rows of the table that what lies under the pointer belongs to.
function rowsAt(event) {
  const { target } = event;
  if (!(target instanceof Element)) return [];
  const formula = target.closest("mjx-math");
  if (formula) {
    const sign = symbolAt(target)?.sign;
    return rows.filter((row) => row.sign === sign);
  }
  const code = target.closest("code");
  const name = code && namesIn(code).find((each) => under(each, event))?.key;
  return name ? rows.filter((row) => row.names.includes(name)) : [];
}

function near(element) {
  // What the browser has not laid out is far away, and asking where it is would lay it out.
  if (!element.checkVisibility({ contentVisibilityAuto: true })) return false;
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > -innerHeight && top < 2 * innerHeight;
}

export function start() {
  const table = document.querySelector(".symbols");
  const article = table?.closest("article");
  if (!article) return;
  rows = [...table.querySelectorAll("tbody tr")].map((row) => ({
    row,
    sign: plain(row.cells[0].querySelector("mjx-math")?.textContent ?? ""),
    names: [...row.cells[1].querySelectorAll("code")].map((code) => code.textContent),
  }));
  const all = [...new Set(rows.flatMap((row) => row.names))].sort((a, b) => b.length - a.length);
  // Neither a method, as in optimizer.step(), nor a function: a name of its own, or a model's.
  const either = all.map((name) => {
    const called = name.includes(".") ? "" : "(?!\\s*\\()";
    return `${name.replaceAll(".", "\\.")}(?!\\w)${called}`;
  });
  const alone = "(?:(?<![\\w.])|(?<=\\bself\\.)|(?<=\\bmodel\\.))";
  names = new RegExp(`${alone}(?:${either.join("|")})`, "g");

  const paint = globalThis.Highlight && CSS.highlights ? new Highlight() : null;
  if (paint) CSS.highlights.set("symbol", paint);
  const chip = make("div", "symbol-chip md-typeset");
  chip.ariaHidden = "true";
  chip.hidden = true;
  article.after(chip); // outside: what it shows is no place of the chapter
  const said = make("p", "symbols-said");
  said.setAttribute("role", "status");
  table.append(said);

  let shown = [];
  let pinned = [];

  // Shows where the symbols of these rows stand; how many places in formulas and in code.
  function show(some, everywhere = false) {
    const signs = new Set(some.map((row) => row.sign));
    const called = new Set(some.flatMap((row) => row.names));
    const places = (selector, within, keys) =>
      [...article.querySelectorAll(selector)]
        .filter((element) => !table.contains(element) && (everywhere || near(element)))
        .flatMap((element) => within(element).filter(({ key }) => keys.has(key)));
    const formulas = some.length ? places("mjx-container", symbolsIn, signs) : [];
    const listings = some.length ? places("code", namesIn, called) : [];
    paint?.clear();
    for (const { range } of [...formulas, ...listings]) paint?.add(range);
    chip.replaceChildren(
      ...some.map(({ row }) => {
        const [symbol, code, meaning] = [...row.cells].map((cell) => [...cell.cloneNode(true).childNodes]);
        const sign = symbol.find((node) => node.localName === "button")?.childNodes[0] ?? symbol[0];
        return make("p", "", sign, " ", ...code, " ", ...meaning);
      }),
    );
    chip.hidden = !some.length;
    shown = some;
    return [formulas.length, listings.length];
  }

  const same = (one, other) => one.length === other.length && one.every((row, i) => row === other[i]);
  const settle = (some) => {
    const wanted = some.length ? some : pinned;
    if (!same(wanted, shown)) show(wanted, wanted === pinned);
  };

  function pin(some) {
    pinned = same(some, pinned) ? [] : some;
    for (const { row } of rows) {
      const pressed = pinned.some((each) => each.row === row);
      row.querySelector("button").setAttribute("aria-pressed", pressed);
    }
    const [formulas, listings] = show(pinned, true);
    const words = `Highlighted in this chapter: ${formulas} in formulas, ${listings} in code.`;
    said.textContent = pinned.length ? words : "";
  }

  for (const row of rows) {
    const [cell] = row.row.cells;
    const button = make("button", "", ...cell.childNodes);
    const sign = row.sign.replace(/^\u02c6(.)/, "$1\u0302").normalize("NFC"); // ŷ, as one letter
    button.ariaLabel = `${sign}, ${row.names.join(", ")}: highlight in this chapter`;
    button.type = "button";
    button.setAttribute("aria-pressed", "false");
    cell.append(button);
    button.addEventListener("click", () => pin([row]));
    row.row.addEventListener("focusin", () => settle([row]));
    row.row.addEventListener("focusout", () => settle([]));
    row.row.addEventListener("pointerenter", () => settle([row]));
    row.row.addEventListener("pointerleave", () => settle([]));
  }

  let waiting = null;
  article.addEventListener("pointermove", (event) => {
    if (!waiting) {
      requestAnimationFrame(() => {
        const last = waiting;
        waiting = null;
        if (!table.contains(last.target)) settle(rowsAt(last));
      });
    }
    waiting = event;
  });
  article.addEventListener("pointerleave", () => settle([]));
  article.addEventListener("click", (event) => {
    if (table.contains(event.target) || event.pointerType === "mouse") return;
    const some = rowsAt(event); // a finger: it stays until the next tap elsewhere
    if (some.length || pinned.length) pin(some);
  });
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && shown.length) pin([]);
  });
}
