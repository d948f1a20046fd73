// The score of a self-test: the first answer to each question counts. Kept in this browser alone.
import { make } from "../element.js";

const KEY = "training-loop-book/self-test";
const WIDTH = 60; // signs by which a question is known again

function read() {
  try {
    const pairs = Object.entries(JSON.parse(localStorage.getItem(KEY)) ?? {});
    return new Map(pairs.filter(([, right]) => typeof right === "boolean"));
  } catch {
    return new Map(); // blocked, or not ours
  }
}

function keep(first) {
  try {
    if (first.size) localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(first)));
    else localStorage.removeItem(KEY);
  } catch {
    // blocked or full: it is counted until the page is left
  }
}

// The questions in their order, each with its group and the section that teaches it.
function questions(article) {
  const found = [];
  let group = "";
  for (const element of article.querySelectorAll("h2, .quiz")) {
    if (element.matches("h2")) group = element.id;
    else {
      const question = element.querySelector(".quiz-question");
      const link = element.querySelector(".quiz-answers .reread");
      const key = `${location.pathname}: ${question.textContent.slice(0, WIDTH)}`;
      const sign = make("span", "quiz-sign"); // how its first answer was
      const word = make("span", "unseen");
      sign.ariaHidden = "true";
      question.append(sign, word);
      found.push({ key, element, question, sign, word, group, link, number: found.length + 1 });
    }
  }
  return found;
}

function linked(words, href) {
  return Object.assign(make("a", "", words), { href });
}

// Sections to read again, each once, with the questions that were missed.
function advice(missed) {
  const sections = new Map();
  for (const { link, number, question } of missed) {
    const section = sections.get(link.href) ?? { link, places: [] };
    section.places.push(linked(String(number), `#${question.id}`));
    sections.set(link.href, section);
  }
  const items = [...sections.values()].map(({ link, places }) => {
    const words = places.flatMap((place) => [", ", place]).slice(1);
    const named = places.length > 1 ? "questions " : "question ";
    return make("li", "", linked(link.textContent, link.href), " (", named, ...words, ")");
  });
  return items.length ? [make("p", "", "To read again:"), make("ul", "", ...items)] : [];
}

// Who comes back to the page comes back to the place where it was left.
function restore() {
  history.scrollRestoration = "auto";
}

function start() {
  const [line, board] = document.querySelectorAll(".score");
  if (!board) return;
  const all = questions(board.closest("article"));
  const groups = [...new Set(all.map(({ group }) => group))];
  const table = board.querySelector("table");
  for (const words of ["answered", "right at first"]) {
    const head = Object.assign(make("th", "screen-only", words), { scope: "col" });
    table.tHead.rows[0].append(head);
    for (const row of table.tBodies[0].rows) row.append(make("td", "screen-only"));
  }
  const state = make("p", "screen-only");
  line.firstElementChild.classList.add("paper-only"); // how to count by hand
  line.append(state);
  line.classList.add("counts");
  const last = make("div", "screen-only");
  const again = make("button", "button", "Start again");
  again.type = "button";
  board.append(last, make("p", "screen-only", again));

  let first = read();
  const some = (list, right) =>
    list.filter(({ key }) => (right ? first.get(key) : first.has(key))).length;
  function show() {
    groups.forEach((group, place) => {
      const here = all.filter((each) => each.group === group);
      const cells = [...table.tBodies[0].rows[place].cells].slice(-2);
      cells.forEach((cell, right) => (cell.textContent = some(here, right)));
    });
    for (const { key, sign, word } of all) {
      const right = first.get(key);
      sign.textContent = right === undefined ? "" : right ? " ✓" : " ✗";
      word.textContent = right === undefined ? "" : right ? " (was right)" : " (was missed)";
    }
    const next = all.find(({ key }) => !first.has(key));
    const said = `Answered ${some(all)} of ${all.length}, ${some(all, true)} right at the first try. `;
    const way = next
      ? linked(first.size ? `Go on at question ${next.number}` : "Begin", `#${next.question.id}`)
      : linked("What to read again", "#your-score");
    state.replaceChildren(said, way, ". Kept in this browser alone.");
    last.replaceChildren(
      make("p", "", make("strong", "", said)),
      ...advice(all.filter(({ key }) => first.get(key) === false)),
    );
  }

  for (const { key, element } of all) {
    element.addEventListener("answered", ({ detail: right }) => {
      if (first.has(key)) return;
      first.set(key, right);
      keep(first);
      show();
    });
  }
  again.addEventListener("click", () => {
    first = new Map();
    keep(first);
    history.replaceState(null, "", "#begin");
    removeEventListener("pagehide", restore);
    history.scrollRestoration = "manual"; // or the browser would come back to this button
    location.reload(); // what was chosen and explained is closed again
  });
  show();
  addEventListener("pagehide", restore);
  if (location.hash === "#begin") state.querySelector("a").focus();
}

start();
