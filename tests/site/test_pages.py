"""The pages hold what their sources ask for, and no leftovers of the sources' syntax."""

from __future__ import annotations

import gzip
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from loopbook.blocks.book import Book
from loopbook.labs.lab import find_labs

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
CHAPTER = "part-1/2-linear-regression"

# What a reader does not read as text: code, and what scripts and drawings are made of.
UNREAD = ["pre", "code", "script", "style", "svg", "mjx-container", "title"]
LEFTOVERS = {
    "a dollar sign": re.compile(r"\$"),
    "TeX's parentheses": re.compile(r"\\[()\[\]]"),
    "a block's slashes": re.compile(r"(?<!:)///"),
    "brackets of a value or a term": re.compile(r"\[\[|\]\]"),
    "a section's mark": re.compile(r"--8<--"),
    "a code fence": re.compile(r"```"),
    "an attribute list": re.compile(r"\{\s*[#.:][\w-]"),
    "a stashed piece": re.compile(r"[\x02\x03\ue000\ue001]|klzzwxh"),
    "a footnote": re.compile(r"\[\^"),
    "an admonition": re.compile(r"^(?:!!!|\?\?\?)", re.M),
}

# Elements of a page, and the pattern that counts what its source asks for.
COUNTED = {
    "listing": (".run-listing", r"^ *(/{3,}) code \|"),
    "output": (".run-output:not(.devices *)", r"^ *(/{3,}) output \|"),
    "devices": (".devices", r"^ *(/{3,}) devices \|"),
    "figure": ("figure:has(.run-birth)", r"^ *(/{3,}) figure \|"),
    "equation": (".equation", r"^ *(/{3,}) equation \|"),
    "exercise": (".exercise", r"^ *(/{3,}) exercise \|"),
    "fold": (
        "details:not(.run-birth)",
        r"^ *(/{3,}) (?:predict|recall|hint|solution|quiz|symbols)\b|^\?\?\?\+? ",
    ),
    "quiz": (".quiz:has(.quiz-answers)", r"^ *(/{3,}) quiz \|"),
    "answer": (".quiz-answers > ol > :is(.right, .wrong)", r"^ *(/{3,}) answer \|"),
    "table": ("article table:not([class], .symbols *, .aligned *)", r"^(?: {4})*\|(?:[ :-]+\|)+$"),
}
# The least that chapter 1.2 must hold, whatever its source says today.
FLOOR = {"figure": 10, "exercise": 6, "listing": 8, "equation": 1, "output": 8}
SNIPPETS = 8


def without_fences(markdown: str) -> str:
    """The source of a page without front matter and fenced code, whose text is only shown."""
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.S)
    return re.sub(r"^( *)(`{3,}|~{3,}).*?^\1\2 *$", "", body, flags=re.M | re.S)


def formulas(markdown: str) -> int:
    """How many formulas a source holds, in lines and on lines of their own."""
    text = re.sub(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", "", without_fences(markdown), flags=re.S)
    text, displayed = re.subn(r"(?<!\\)\$\$.+?(?<!\\)\$\$", "", text, flags=re.S)
    inline = re.findall(r"(?<!\\)\$[^\s$](?:[^$]*?[^\s$])?(?<!\\)\$", text)
    return displayed + len(inline)


def leftovers(page: BeautifulSoup) -> list[str]:
    """What of the sources' syntax a reader would see on a page."""
    copy = BeautifulSoup(str(page), "html.parser")
    for element in copy.find_all(UNREAD):
        element.decompose()
    text = copy.get_text()
    seen = [f"{what}: …{m[0]}" for what, p in LEFTOVERS.items() for m in p.finditer(text)]
    attributes = " ".join(
        str(tag.get(name, "")) for tag in copy.find_all(True) for name in ("title", "alt")
    )
    seen += [f"{what} in a tooltip" for what, p in LEFTOVERS.items() if p.search(attributes)]
    return seen


def article(page: BeautifulSoup) -> Tag:
    """The page's own part."""
    found = page.select_one("article")
    assert found is not None
    return found


SOURCES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


def built(source: str) -> str:
    """The file of a source's page below the site."""
    stem = source.removesuffix(".md")
    return "index.html" if stem == "index" else f"{stem}/index.html"


def test_every_source_has_a_page_and_every_page_a_source(pages: dict[str, BeautifulSoup]) -> None:
    labs = {f"{lab.folder}/index.html" for lab in find_labs(Book(ROOT))}
    assert set(pages) == {built(source) for source in SOURCES} | labs | {"404.html"}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("what", COUNTED)
def test_page_shows_all_that_its_source_asks_for(
    pages: dict[str, BeautifulSoup], source: str, what: str
) -> None:
    selector, pattern = COUNTED[what]
    wanted = len(re.findall(pattern, without_fences((DOCS / source).read_text("utf-8")), re.M))
    assert len(article(pages[built(source)]).select(selector)) == wanted


@pytest.mark.parametrize("source", SOURCES)
def test_every_formula_is_typeset(pages: dict[str, BeautifulSoup], source: str) -> None:
    page = article(pages[built(source)])
    set_ = page.select(".arithmatex mjx-container")
    listed = page.select(".symbols mjx-container")  # of the notation page, not of this source
    assert len(set_) - len(listed) == formulas((DOCS / source).read_text("utf-8"))
    assert len(page.select(".arithmatex")) == len(set_), "a formula that was not typeset"
    assert not page.select("mjx-merror")


@pytest.mark.parametrize("what", FLOOR)
def test_chapter_1_2_holds_at_least(pages: dict[str, BeautifulSoup], what: str) -> None:
    found = article(pages[f"{CHAPTER}/index.html"]).select(COUNTED[what][0])
    assert len(found) >= FLOOR[what]


def test_chapter_1_2_shows_all_of_its_snippets(pages: dict[str, BeautifulSoup]) -> None:
    folder = ROOT / "snippets" / CHAPTER
    names = {path.name for path in folder.glob("*.py")}
    text = article(pages[f"{CHAPTER}/index.html"]).get_text()
    assert len(names) >= SNIPPETS
    assert not [name for name in sorted(names) if name not in text]


def test_figures_are_a_small_part_of_their_page(site: Path) -> None:
    html = (site / CHAPTER / "index.html").read_text("utf-8")
    without, count = re.subn(r'<svg xmlns="[^"]*" role="img".*?</svg>', "", html, flags=re.S)
    weight, rest = (len(gzip.compress(text.encode(), mtime=0)) for text in (html, without))
    assert count >= FLOOR["figure"]
    assert weight - rest < 65_000
    assert weight - rest > 500 * count  # they are what was taken out


def test_every_figure_says_how_it_was_made(pages: dict[str, BeautifulSoup]) -> None:
    figures = pages[f"{CHAPTER}/index.html"].select("figure.run-figure")
    for figure in figures:
        words = figure.select_one("figcaption > details.run-birth:not([open]) > p").text
        made = r"\S+\.py \(content hash [0-9a-f]{8}\) · (seeds? .+|no seed set) · Python 3\S+ · "
        made += r"torch \S+ · NumPy \S+ · .+ · "
        assert re.match(made + r"on the \w+ · under .* of processor time$", words), words


def test_nothing_of_the_syntax_is_left(pages: dict[str, BeautifulSoup]) -> None:
    found = {name: seen for name, page in pages.items() if (seen := leftovers(page))}
    assert not found


@pytest.mark.parametrize(
    "broken",
    [
        "price is $x$",
        r"so \(x\) grows",
        "/// code | by_hand.py",
        "[[by_hand.py: loss]]",
        "[[gradient]]",
        "# --8<-- [start:loop]",
        "```python",
        "text { .lead }",
        "see[^1]",
        "\n??? note",
        "\x02wzxhzdk:3\x03",
    ],
)
def test_leftovers_are_seen(broken: str) -> None:
    assert leftovers(BeautifulSoup(f"<p>{broken}</p>", "html.parser"))
    assert not leftovers(BeautifulSoup(f"<pre><code>{broken}</code></pre>", "html.parser"))


def test_formulas_are_counted_outside_code_only() -> None:
    source = "---\ntitle: $a$\n---\n$x$ and `$y$` cost $z_1$.\n\n$$\na=b\n$$\n\n```\n$no$\n```\n"
    assert formulas(source) == 3


def faults(page: BeautifulSoup) -> list[str]:
    """What is wrong with a page as a document."""
    found = []
    if len(page.select("h1")) != 1:
        found.append(f"{len(page.select('h1'))} titles")
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    found += [f"two elements #{name}" for name in sorted({i for i in ids if ids.count(i) > 1})]
    found += [f"no alt text: {image}"[:90] for image in page.select("img:not([alt])")]
    drawings = page.select("figure svg")
    found += ["a drawing without words" for svg in drawings if not svg.get("aria-label")]
    levels = [int(heading.name[1]) for heading in page.select("article :is(h1, h2, h3, h4, h5)")]
    found += ["a heading's level is left out" for a, b in pairwise(levels) if b > a + 1]
    return found


def test_pages_are_sound_documents(pages: dict[str, BeautifulSoup]) -> None:
    found = {name: wrong for name, page in pages.items() if (wrong := faults(page))}
    assert not found


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p>", "0 titles"),
        ("<h1>A</h1><p id=a><p id=a>", "two elements #a"),
        ("<h1>A</h1><img src=a.png>", "no alt text"),
        ("<h1>A</h1><figure><svg></svg></figure>", "a drawing without words"),
        ("<article><h1>A</h1><h3>B</h3></article>", "a heading's level is left out"),
    ],
)
def test_faults_of_a_document_are_seen(html: str, fault: str) -> None:
    assert any(fault in found for found in faults(BeautifulSoup(html, "html.parser")))


def test_search_finds_identifiers_and_no_formulas(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    separator = re.compile(index["config"]["separator"])
    text = " ".join(f"{doc['title']} {doc['text']}" for doc in index["docs"])
    words = {word.lower() for word in separator.split(re.sub(r"<[^>]+>", " ", text))}
    for identifier in ("nn.Linear", "zero_grad", "nn.MSELoss", "torch.no_grad", "state_dict"):
        assert {part.lower() for part in separator.split(identifier)} <= words
    prose = re.sub(r"<(pre|code)>.*?</\1>", "", text, flags=re.S)
    assert not re.search(r"\\(?:frac|partial|hat|top|sum)\b", prose)
