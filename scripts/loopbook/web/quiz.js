// Quick questions: choose, check, and read why. Without this they are a list and a fold.
import { make } from "./element.js";
import { load } from "./figures.js";

// What was tried is marked with a sign and, for the ear, with a word.
function mark(option, right) {
  if (option.matches(".right, .wrong")) return;
  option.classList.add(right ? "right" : "wrong");
  const [sign, word] = right ? [" ✓", " (right)"] : [" ✗", " (not this one)"];
  const seen = make("span", "quiz-sign", sign);
  seen.ariaHidden = "true";
  option.querySelector("label").append(seen, make("span", "unseen", word));
}

function enliven(quiz, place) {
  const question = quiz.querySelector(".quiz-question");
  const list = quiz.querySelector(".quiz-options");
  const fold = quiz.querySelector(".quiz-answers");
  const answers = [...fold.querySelectorAll(":scope > ol > li")];
  const options = [...list.children];
  question.id = `question-${place + 1}`;

  const group = make("div", "quiz-group");
  group.setAttribute("role", "radiogroup");
  group.setAttribute("aria-labelledby", question.id);
  list.before(group);
  group.append(list);
  const radios = options.map((option) => {
    const radio = make("input");
    Object.assign(radio, { type: "radio", name: question.id });
    option.append(make("label", "", radio, ...option.childNodes));
    return radio;
  });

  const button = make("button", "button", "Check");
  button.type = "button";
  const said = make("div", "quiz-said");
  said.setAttribute("role", "status");
  button.addEventListener("click", () => {
    const chosen = radios.findIndex((radio) => radio.checked);
    const right = answers[chosen]?.classList.contains("right");
    if (chosen < 0) said.replaceChildren("Choose an answer first.");
    else said.replaceChildren(...answers[chosen].cloneNode(true).childNodes);
    said.className = `quiz-said ${chosen < 0 ? "" : right ? "right" : "wrong"}`;
    if (chosen < 0) return;
    mark(options[chosen], right);
    if (right) fold.hidden = false; // now the other answers can be read too
    quiz.dispatchEvent(new CustomEvent("answered", { detail: right })); // for who keeps a score
  });
  group.after(make("p", "quiz-row", button), said);
  fold.hidden = true;
}

export function start() {
  document.querySelectorAll(".quiz").forEach(enliven);
  // On a self-test; without it one counts by hand.
  if (document.querySelector(".score")) load("parts/score").catch(() => {});
}
