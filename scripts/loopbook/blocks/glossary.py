"""The terms of the book: docs/glossary.md, a heading and a paragraph for each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from loopbook.blocks.mask import HIDDEN, masked
from loopbook.blocks.nearest import meant, quoted
from loopbook.errors import BookError

GLOSSARY = "glossary.md"

_HEADING = re.compile(r"##[ \t]+(?P<title>.+?)[ \t]*#*[ \t]*(?:\{(?P<attributes>[^}]*)\})?[ \t]*")
_IDENTIFIER = re.compile(r"#([\w-]+)")
_PARENTHESIS = re.compile(r"\s*\(([^)]*)\)")
_SENTENCE = re.compile(r".+?(?<!e\.g)(?<!i\.e)[.!?](?=\s+[^a-z\d\s]|\s*$)", re.DOTALL)
_MARKUP: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\[\[(?:([^\[\]|]+)\|)?([^\[\]]+)\]\]"), lambda m: m[1] or m[2]),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), lambda m: m[1]),
    (re.compile(r"\[\^[^\]]+\]"), lambda m: ""),
    (re.compile(r"`+([^`]+)`+|\$+([^$]+)\$+"), lambda m: m[1] or _spoken(m[2])),
    (re.compile(r"(?<!\w)([*_]{1,3})(\S(?:.*?\S)?)\1(?!\w)"), lambda m: m[2]),
)


@dataclass(frozen=True)
class Term:
    """One term.

    Attributes:
        name: its name.
        given: the identifier of its heading, where the glossary gives it one.
        meaning: what it means, in one sentence.
    """

    name: str
    given: str
    meaning: str


@dataclass(frozen=True)
class Glossary:
    """All terms, by each name that they go by."""

    by_name: dict[str, tuple[Term, ...]]
    names: tuple[str, ...]

    @classmethod
    def read(cls, body: str) -> Glossary:
        """Read the glossary's text, without front matter."""
        return _read(body)

    def find(self, name: str) -> Term:
        """The term of this name, which may be in the plural or begin with a capital.

        Raises:
            BookError: there is none, or more than one.
        """
        for form in _forms(name.lower().strip()):
            terms = self.by_name.get(form, ())
            if len(terms) == 1:
                return terms[0]
            if terms:
                both = " and ".join(quoted(term.name) for term in terms)
                raise BookError(f"{quoted(name)} may be {both} of the glossary",
                                cure=f"write [[{name}|{terms[0].name}]]")  # fmt: skip
        cure = meant(name, self.names, "terms are")
        if ":" in name:
            cure = "a number of a run is written [[file.py: key]], with the .py"
        raise BookError(f"the glossary has no term {quoted(name)}", cure=cure)


@lru_cache(maxsize=4)
def _read(body: str) -> Glossary:
    by_name: dict[str, tuple[Term, ...]] = {}
    names = []
    hidden = masked(body).split("\n")
    lines = body.split("\n")
    for number, line in enumerate(lines):
        match = _HEADING.fullmatch(line)
        if match is None or hidden[number].startswith(HIDDEN):
            continue
        title = plain(match["title"])
        given = _IDENTIFIER.search(match["attributes"] or "")
        term = Term(title, given[1] if given else "", _meaning(lines[number + 1 :]))
        names.append(title)
        for name in {title, _PARENTHESIS.sub("", title), *_PARENTHESIS.findall(title)}:
            key = name.lower().strip()
            by_name[key] = (*by_name.get(key, ()), term)
    return Glossary(by_name, tuple(names))


def plain(text: str) -> str:
    """Markdown as words: no links, no emphasis, no signs of code or formulas."""
    for pattern, shown in _MARKUP:
        text = pattern.sub(shown, text)
    return " ".join(text.split())


def _spoken(tex: str) -> str:
    r"""A formula as a line of text: ``\hat y`` becomes ``hat y``."""
    return re.sub(r"\\(?=[A-Za-z])|[{}]", "", tex)


def _meaning(lines: list[str]) -> str:
    """The first sentence of the paragraph below a heading."""
    paragraph: list[str] = []
    for line in lines:
        if line.startswith("#") or (paragraph and not line.strip()):
            break
        if line.strip():
            paragraph.append(line.strip())
    text = plain(" ".join(paragraph))
    match = _SENTENCE.match(text)
    return match[0] if match else text


def _forms(name: str) -> list[str]:
    """The name itself, then what it may be the plural of."""
    forms = [name]
    for ending, single in (("ies", "y"), ("ices", "ix"), ("es", ""), ("s", "")):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            forms.append(name.removesuffix(ending) + single)
    return [*forms, f"{name}s"]
