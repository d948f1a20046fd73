// Chapters and exercises that a reader has ticked, kept in this browser alone.
import { make } from "./element.js";

const KEY = "training-loop-book/done";
const ID = /^part-\d+\/\d+-[\w-]+(#[\w-]+)?$/;
const CHAPTER = /\/(part-\d+\/\d+-[\w-]+?)(?:\.html|\/(?:index\.html)?)?$/;
const BLOCKED = "This browser blocks storage for these pages, so nothing can be ticked.";

let done = new Set();
const boxes = [];

// What is stored; throws where the browser blocks storage.
function read() {
  const text = localStorage.getItem(KEY);
  try {
    return new Set(JSON.parse(text ?? "[]").filter((id) => ID.test(id)));
  } catch {
    return new Set(); // not ours, or cut short
  }
}

// Keeps the change where it can; other pages of this browser follow.
function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify([...done].sort()));
  } catch {
    done = read(); // full: what is shown stays what is stored
  }
  show();
}

function count(chapter) {
  return [...done].filter((id) => id.startsWith(`${chapter}#`)).length;
}

function box(slot, id, what) {
  const input = make("input");
  input.type = "checkbox";
  input.addEventListener("change", () => {
    done[input.checked ? "add" : "delete"](id);
    keep();
  });
  const rest = make("span", slot.closest(".turn") ? "" : "unseen", ` with ${what}`);
  slot.replaceChildren(make("label", "done-box", input, make("span", "", "Done", rest)));
  boxes.push({ id, input });
}

// Chapters that are done carry a mark wherever a link leads to them.
function mark(link) {
  const chapter = link.hash ? null : CHAPTER.exec(link.pathname)?.[1];
  if (!chapter) return;
  link.querySelector(".done-mark")?.remove();
  const isDone = done.has(chapter);
  link.classList.toggle("is-done", isDone);
  const words = isDone ? ["done"] : [];
  const total = exercises().get(chapter);
  if (total && count(chapter)) words.push(`${count(chapter)} of ${total} exercises`);
  if (!words.length) return;
  const sign = link.closest(".map") ? ` · ${words.join(" · ")}` : isDone ? " ✓" : "";
  if (!sign) return;
  const seen = make("span", "", sign);
  const spoken = make("span", "unseen", `, ${words.join(", ")}`);
  seen.ariaHidden = "true";
  link.append(make("span", "done-mark", seen, spoken));
}

// How many exercises each chapter has; the home page knows.
function exercises() {
  const pairs = document.querySelector(".progress")?.dataset.exercises?.split(" ") ?? [];
  return new Map(pairs.map((pair) => [pair.split(":")[0], Number(pair.split(":")[1])]));
}

function show() {
  for (const { id, input } of boxes) input.checked = done.has(id);
  document.querySelectorAll(".md-nav a[href], .map a[href], .place a[href]").forEach(mark);
  const state = document.querySelector(".progress-state");
  if (!state) return;
  const chapters = [...done].filter((id) => !id.includes("#")).length;
  const tasks = done.size - chapters;
  const some = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
  state.textContent = `Ticked so far: ${some(chapters, "chapter")}, ${some(tasks, "exercise")}.`;
}

function save() {
  const text = JSON.stringify({ progress: 1, done: [...done].sort() }, null, 1);
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: "application/json" }));
  link.download = "progress.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

async function load(file, say) {
  let found;
  try {
    const data = JSON.parse(await file.text());
    if (data.progress !== 1) throw new TypeError();
    found = data.done.filter((id) => typeof id === "string" && ID.test(id));
  } catch {
    say("This file holds no progress of this book. Nothing was changed.");
    return;
  }
  const before = done.size;
  done = new Set([...done, ...found]);
  const added = done.size - before;
  keep();
  say(`The file was added: ${found.length} ticked, ${added} of them new here.`);
}

function panel(place) {
  const state = make("p", "progress-state");
  const said = make("p", "progress-said");
  said.setAttribute("role", "status");
  const say = (words) => (said.textContent = words);
  const file = make("input");
  Object.assign(file, { type: "file", accept: ".json,application/json", hidden: true });
  file.addEventListener("change", async () => {
    if (file.files[0]) await load(file.files[0], say);
    file.value = "";
  });
  const forget = () => {
    if (!confirm("Forget all that is ticked in this browser?")) return;
    done.clear();
    keep();
    say("All is forgotten.");
  };
  const row = make("p", "progress-row");
  for (const [words, act] of [
    ["Save as a file", save],
    ["Load a file", () => file.click()],
    ["Forget all", forget],
  ]) {
    const button = make("button", "button", words);
    button.type = "button";
    button.addEventListener("click", act);
    row.append(button);
  }
  place.append(state, row, said, file);
}

export function start() {
  const slots = document.querySelectorAll(".progress-slot");
  const home = document.querySelector(".progress");
  try {
    done = read();
  } catch {
    slots[0]?.append(BLOCKED);
    home?.append(make("p", "progress-state", BLOCKED));
    return;
  }
  const chapter = document.querySelector("[data-chapter]")?.dataset.chapter;
  for (const slot of slots) {
    const exercise = slot.closest(".exercise");
    if (slot.dataset.chapter) box(slot, chapter, "this chapter");
    else if (chapter && exercise) {
      const title = exercise.querySelector(".exercise-title strong").textContent;
      box(slot, `${chapter}#${exercise.id}`, title.replace(/\.$/, ""));
    }
  }
  if (home) panel(home);
  show();
  const again = () => {
    done = read();
    show();
  };
  addEventListener("storage", again); // another page of the book
  addEventListener("pageshow", (event) => event.persisted && again());
}
