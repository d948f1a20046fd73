"""Each term of the glossary explains itself in one short sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

DOCS = Path(__file__).resolve().parents[2] / "docs"
SOURCE = (DOCS / "glossary.md").read_text("utf-8")
TERMS = re.findall(r"^## ([^\n]+)\n\n(.+?)(?=\n\n## |\s*\Z)", SOURCE, re.M | re.S)


def first_sentence(paragraph: str) -> str:
    """Up to the first full stop that a capital or the end follows; one line of the source."""
    return re.split(r"(?<=[.])\s+(?=[A-Z])", paragraph.strip())[0]


def fit(sentence: str) -> bool:
    """Whether a sentence can be a tooltip: short, complete, and without formulas or links."""
    return (
        len(sentence.split()) <= 25
        and sentence[0].isupper()
        and sentence.endswith(".")
        and not re.search(r"[$\[\]*]", sentence)
    )


def test_terms_of_chapter_1_2_are_there() -> None:
    assert len(TERMS) >= 30
    names = [re.sub(r" \(.*", "", name).lower() for name, _ in TERMS]
    term = re.compile(r"\[\[(?:[^\]|:]+\|)?([\w -]+)\]\]")
    chapters = [path.read_text("utf-8") for path in DOCS.rglob("part-*/*.md")]
    wanted = {name.lower() for text in chapters for name in term.findall(text)}
    assert len(wanted) >= 20
    assert not {w for w in wanted if w not in names and w.removesuffix("s") not in names}


def test_terms_are_in_alphabetical_order() -> None:
    names = [name.lower() for name, _ in TERMS]
    assert names == sorted(names)


@pytest.mark.parametrize(("name", "text"), TERMS)
def test_first_sentence_can_stand_alone(name: str, text: str) -> None:
    assert fit(first_sentence(text)), first_sentence(text)


@pytest.mark.parametrize(
    "sentence",
    ["word " * 26 + "end.", "The value of $x$.", "no capital.", "No stop", "See [this](#this)."],
)
def test_unfit_sentences_are_seen(sentence: str) -> None:
    assert not fit(sentence)


def test_chapter_1_2_shows_terms_with_tooltips(pages: dict[str, BeautifulSoup]) -> None:
    page = pages["part-1/2-linear-regression/index.html"]
    shown = page.select('article a[href*="glossary"][title]')
    sentences = {re.sub(r"[`*]", "", first_sentence(text)) for _, text in TERMS}
    assert len(shown) >= 20
    assert {str(link["title"]) for link in shown} <= sentences
