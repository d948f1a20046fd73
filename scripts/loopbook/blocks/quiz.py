"""Quick questions: what makes one well-formed, and its elements."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from decimal import Decimal

from markdown.util import AtomicString

from loopbook.blocks.chapter import Block, Chapter
from loopbook.blocks.elements import child
from loopbook.blocks.inlines import inlines_in
from loopbook.blocks.nearest import meant, quoted
from loopbook.blocks.pieces import Answer, Quiz
from loopbook.blocks.spans import REFERENCE, VALUE
from loopbook.errors import BookError

KINDS = ("run", "concept")

_ANSWER = re.compile(r"(?P<kind>right|wrong)\s*:\s*(?P<text>.+)", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?", re.IGNORECASE)
_SIGNS = re.compile(r"[\s$*_`]+")

Words = Callable[[str, int], str]


def quiz_of(block: Block, chapter: Chapter, words: Words, question: str) -> Quiz:
    """A question, after a look at all its answers.

    Args:
        block: the quiz block.
        chapter: the chapter that it stands in.
        words: a text of this line with its double brackets filled in, as plain words.
        question: the question, as it is shown.

    Raises:
        BookError: it has not exactly one right answer, or that comes from no run, or two of its
            answers say the same once the numbers are filled in.
    """
    kind = _kind(block)
    answers = [b for b in chapter.blocks if b.parent == block.index and b.name == "answer"]
    right = [b for b in answers if answer_of(b, "").right]
    if len(right) != 1 or len(answers) < 2:
        raise BookError(
            f"this quiz has {len(right)} right answers of {len(answers)}",
            cure="give it exactly one, /// answer | right: …, and at least one wrong, "
            "/// answer | wrong: …, each with its explanation",
        )
    _check_source(right[0], kind)
    seen: list[tuple[str, Block]] = []
    for answer in answers:
        text = words(answer_of(answer, "").text, answer.line)
        twin = next((other for before, other in seen if same(before, text)), None)
        if twin is not None:
            raise BookError(
                f"with its numbers filled in, the answer {quoted(text)} says the same as the one "
                f"in line {twin.line}",
                line=answer.line,
                cure="change the wrong one of the two, or ask for more digits",
            )
        seen.append((text, answer))
    return Quiz(question)


def answer_of(block: Block, text: str) -> Answer:
    """One answer: whether it is right, and its text as it is shown, or else as it is written.

    Raises:
        BookError: it does not say whether it is right.
    """
    match = _ANSWER.fullmatch(block.argument)
    if match is None:
        raise BookError(
            f"this answer does not say whether it is right: {quoted(block.argument)}",
            line=block.line,
            cure="write /// answer | right: … or /// answer | wrong: …",
        )
    shown = _ANSWER.fullmatch(text)
    return Answer((shown or match)["text"].strip(), match["kind"].lower() == "right")


def same(one: str, other: str) -> bool:
    """Whether two answers say the same: equal words, and numbers equal as far as both are given."""
    plain = (text.replace("\N{MINUS SIGN}", "-").lower() for text in (one, other))
    texts = [_SIGNS.sub(" ", text).strip() for text in plain]
    if len({_NUMBER.sub("#", text) for text in texts}) > 1:
        return False
    pairs = zip(*(_NUMBER.findall(text) for text in texts), strict=True)
    return all(_agree(a, b) for a, b in pairs)


def question(parent: ET.Element, piece: Quiz) -> ET.Element:
    """A question's place; its answers are put in order at its end."""
    element = child(parent, "div", "quiz")
    words = child(element, "p", "quiz-question")
    word = child(words, "span", "fold-word")
    word.text = AtomicString("Question")
    word.tail = f" {piece.question}"
    return element


def answer(parent: ET.Element, piece: Answer) -> ET.Element:
    """One answer to choose from, and room for its explanation."""
    verdict = "right" if piece.right else "wrong"
    element = child(parent, "div", "quiz-answer", **{"data-verdict": verdict})
    ET.SubElement(element, "p").text = piece.text
    return element


def build(element: ET.Element) -> None:
    """Put a question's answers into a list, and their explanations into a fold."""
    answers = [child for child in element if child.get("class") == "quiz-answer"]
    for answer in answers:
        element.remove(answer)
    options = ET.SubElement(element, "ol", {"class": "quiz-options"})
    fold = ET.SubElement(element, "details", {"class": "quiz-answers"})
    ET.SubElement(fold, "summary").text = AtomicString("The answers, explained")
    explanations = ET.SubElement(fold, "ol")
    for answer in answers:
        option = ET.SubElement(options, "li")
        option.text = answer[0].text
        item = ET.SubElement(explanations, "li")
        verdict = answer.get("data-verdict") or ""
        item.set("class", verdict)
        said = ET.SubElement(item, "strong")
        said.text = AtomicString("Right." if verdict == "right" else "Not this one.")
        said.tail = " "
        item.extend(list(answer)[1:])


def _kind(block: Block) -> str:
    kind = block.option("kind") or KINDS[0]
    if kind not in KINDS:
        raise BookError(
            f"{quoted(kind)} is no kind of question",
            line=block.line_of("kind"),
            cure=meant(kind, KINDS, "kinds are"),
        )
    return kind


def _check_source(right: Block, kind: str) -> None:
    """The right answer comes from a run, or its explanation leads to what shows it."""
    if kind == "run":
        if not any(VALUE.fullmatch(i.inner.strip()) for i in inlines_in(right.argument, 1)):
            raise BookError(
                "the right answer of this quiz is no number of a run",
                line=right.line,
                cure="write it as [[file.py: key]]; or, if it is a reason and not a number, "
                "put “    kind: concept” below the line of the quiz",
            )
        return
    inner = [inline.inner.strip() for inline in inlines_in(right.body, 1)]
    if not any(VALUE.fullmatch(text) or REFERENCE.fullmatch(text) for text in inner):
        raise BookError(
            "the right answer of this quiz leads to nothing that shows it",
            line=right.line,
            cure="name in its explanation a figure, an equation or an exercise, [[#label]], "
            "or a number of a run, [[file.py: key]]",
        )


def _agree(one: str, other: str) -> bool:
    """Whether two numbers are equal within half a unit of the last digit that both have."""
    numbers = [Decimal(text.replace(",", "")) for text in (one, other)]
    units = [Decimal((0, (1,), int(number.as_tuple().exponent))) for number in numbers]
    near = max(units) / 2 if units[0] != units[1] else 0
    return abs(numbers[0] - numbers[1]) <= near
