"""Formulas: typeset while building, stored by content, with the rules and fonts they need."""

from __future__ import annotations

import io
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from markdown import Markdown

from loopbook import mathematics
from loopbook.errors import BookError
from loopbook.mathematics import MACROS, STYLESHEET, expanded, shared, typesetter, write_assets
from loopbook.mathematics import mathjax as mathjax_module
from loopbook.mathematics.formula import Formula
from loopbook.mathematics.mathjax import MathJax
from loopbook.mathematics.place import find
from loopbook.mathematics.typesetter import Typesetter
from loopbook.mathematics.words import in_words

PAGE = r"""# The slope $\eta$ of $\hat y$

Inline $xW^\top + b$, `code $x^2$` and a price of 5$ or 6$.

$$
\begin{aligned}
a &< \overline{x^2} \\
b &= \begin{cases} \mathcal N(0, 1) & \text{if } x \ge 0 \\ \lVert w \rVert & \end{cases}
\end{aligned}
$$

## The gradient $\frac{\partial L}{\partial w}$

| symbol | meaning |
|---|---|
| $\left(\sum_{i=1}^N \frac{x}{2}\right)$ | sum |
"""


PLACES = ("admonition", "footnotes", "md_in_html", "pymdownx.details")


def markdown(root: Path, more: tuple[str, ...] = (), **options: object) -> Markdown:
    basic = ["toc", "tables", "fenced_code", "pymdownx.arithmatex", "loopbook.mathematics"]
    return Markdown(
        extensions=[*basic, *more],
        extension_configs={
            "pymdownx.arithmatex": {"generic": True},
            "loopbook.mathematics": {"root": str(root), **options},
        },
    )


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "docs").mkdir()
    yield tmp_path
    shared(tmp_path).close()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Markdown]]:
    root = tmp_path_factory.mktemp("book")
    md = markdown(root)
    yield md.convert(PAGE), md
    shared(root).close()


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def site(root: Path, pages: dict[str, str]) -> dict[str, bytes]:
    """Convert pages, in the order given, and return everything written."""
    folder = root / "site"
    for name, text in pages.items():
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.html").write_text(markdown(root).convert(text), "utf-8")
    write_assets(folder, root)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# The page


def test_each_formula_becomes_html_with_mathml_for_screen_readers(
    page: tuple[str, Markdown],
) -> None:
    formulas = soup(page[0]).find_all("mjx-container")
    assert len(formulas) == 6
    for formula in formulas:
        assert formula.find("mjx-math")["aria-hidden"] == "true"
        assert formula.find("mjx-assistive-mml").find("math").get_text(strip=True)
    assert [f.parent.name for f in formulas if f.get("display")] == ["div"]


def test_no_tex_and_no_script_is_left_on_the_page(page: tuple[str, Markdown]) -> None:
    text = re.sub(r"<code>.*?</code>", "", page[0])
    assert "\\" not in text
    assert "data-formula" not in text and "data-latex" not in text and "<script" not in text


def test_code_and_prices_stay_as_they_are(page: tuple[str, Markdown]) -> None:
    assert "<code>code $x^2$</code> and a price of 5$ or 6$." in page[0]


def test_formula_text_is_marked_for_the_search_to_leave_out(page: tuple[str, Markdown]) -> None:
    assert all("data-search-exclude" in f.attrs for f in soup(page[0]).find_all("mjx-container"))


def test_headings_have_words_in_contents_and_for_the_search(page: tuple[str, Markdown]) -> None:
    html, md = page
    [chapter] = md.toc_tokens
    assert chapter["name"] == "The slope η of ŷ"
    assert chapter["children"][0]["name"] == "The gradient ∂L/∂w"
    heading = soup(html).h2
    assert [span.get_text() for span in heading.find_all("span", hidden=True)] == ["∂L/∂w"]
    assert heading.find("mjx-mfrac") is not None


def test_no_id_is_given_twice(root: Path) -> None:
    html = markdown(root).convert("$$\nx \\label{a} \\tag{1}\n$$\n\n$$\nx \\label{a} \\tag{1}\n$$")
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert html.count("mjx-mlabeledtr") >= 2 and "NaN" not in html


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\hat y = xW^\top + b", "ŷ = xWᵀ + b"),
        (r"\frac{1}{N}\sum_{i=1}^N x_i^2", "1/N ∑_(i=1)^N xᵢ²"),
        (r"\frac{a+b}{2}", "(a + b)/2"),
        (r"\sqrt{x^2 + 1}", "√(x² + 1)"),
        (r"\overline{x^2}", "x\N{COMBINING OVERLINE}²\N{COMBINING OVERLINE}"),
        (r"e^{-x/2}", "e^(\N{MINUS SIGN}x/2)"),
        (r"\text{mean } \bar x", "mean x̄"),
    ],
)
def test_formula_in_words(root: Path, tex: str, words: str) -> None:
    [made] = shared(root).typeset([Formula(tex)]).values()
    assert in_words(made.mathml) == words


# Mistakes


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\gradient L", r"Undefined control sequence \gradient"),
        (r"\frac{1", "Missing close brace"),
        (r"x^2^3", "Double exponent: use braces to clarify"),
        (r"\eqref{gradient-w}", "Reference out of a formula"),
    ],
)
def test_a_tex_error_names_chapter_line_and_mathjax_words(root: Path, tex: str, words: str) -> None:
    text = f"# Title\n\nFine: $x$.\n\n> Wrong:\n> ${tex}$.\n"
    (root / "docs" / "a.md").write_text("Nothing $x$ here.\n")
    (root / "docs" / "part-1").mkdir()
    (root / "docs" / "part-1" / "chapter.md").write_text(text)
    with pytest.raises(BookError) as caught:
        markdown(root).convert(text)
    error = caught.value
    assert (error.file, error.line) == ("docs/part-1/chapter.md", 6)
    assert tex in error.message and words in error.message and error.cure


WHERE = {
    "caption": "<figure markdown>\n<figcaption markdown>Of FORMULA.</figcaption>\n</figure>",
    "admonition": "!!! note\n\n    Of FORMULA.",
    "title of an admonition": '!!! note "Of FORMULA"\n\n    Words.',
    "fold": "??? note\n\n    Of FORMULA.",
    "table": "| a |\n|---|\n| FORMULA |",
    "heading": "## Of FORMULA",
    "list": "- one\n    - Of FORMULA",
    "footnote": "Word[^1].\n\n[^1]: Of FORMULA.",
    "line of its own": "Of\n\n$FORMULA$",
}


@pytest.mark.parametrize("place", WHERE)
def test_formulas_are_typeset_wherever_words_may_stand(root: Path, place: str) -> None:
    html = markdown(root, more=PLACES).convert(WHERE[place].replace("FORMULA", r"$\mean{x}$"))
    assert "mjx-c1D465" in html and "$" not in html and "\\mean" not in html


@pytest.mark.parametrize("place", WHERE)
@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\meen{x}", r"Undefined control sequence \meen"),
        (r"\frac{1", "Missing close brace"),
        (r"\ref{nowhere}", "Reference out of a formula"),
    ],
)
def test_mistakes_are_found_wherever_words_may_stand(
    root: Path, place: str, tex: str, words: str
) -> None:
    text = "# Title\n\n" + WHERE[place].replace("FORMULA", f"${tex}$")
    (root / "docs" / "a.md").write_text(text)
    with pytest.raises(BookError) as caught:
        markdown(root, more=PLACES).convert(text)
    error = caught.value
    line = next(i for i, line in enumerate(text.split("\n"), 1) if tex in line)
    assert (error.file, error.line) == ("docs/a.md", line)
    assert tex in error.message and words in error.message


# The book's own commands


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"\pd{L}{w}", r"\frac{\partial L}{\partial w}"),
        (r"\pd Lw", r"\frac{\partial L}{\partial w}"),
        (r"X\T X", r"X^\top X"),
        (r"\norm{\mean{x^{2}}}", r"\left\lVert \overline{x^{2}} \right\rVert"),
        (r"\R^D \Vary", r"\mathbb{R}^D \Vary"),
    ],
)
def test_a_formula_can_be_written_without_the_books_commands(
    root: Path, tex: str, plain: str
) -> None:
    assert expanded(tex) == plain
    if "Vary" not in tex:
        made = shared(root).typeset([Formula(tex), Formula(plain)])
        assert made[Formula(tex)].html == made[Formula(plain)].html


def test_the_page_for_authors_names_each_of_the_books_commands() -> None:
    text = (Path(__file__).parents[2] / "docs/blocks.md").read_text("utf-8")
    rows = re.findall(r"^\| `[^`\\]*\\([A-Za-z]+)[^`]*` \| \$", text, re.MULTILINE)
    assert sorted(rows) == sorted(MACROS)


# Wide formulas


def test_a_box_that_may_scroll_can_be_reached_and_has_a_name(root: Path) -> None:
    html = markdown(root).convert("$$x$$\n\n$$" + "x + " * 20 + "x$$\n\n$" + "x + " * 20 + "x$")
    boxes = soup(html).select(".arithmatex")
    assert [box.get("tabindex") for box in boxes] == [None, "0", None]
    assert boxes[1]["role"] == "group" and boxes[1]["aria-label"] == "Wide formula"


def test_the_width_of_a_formula_is_known(root: Path) -> None:
    short, long = Formula("x"), Formula("x" * 30)
    made = shared(root).typeset([short, long])
    assert 0.5 < made[short].width < 0.6
    assert made[long].width == pytest.approx(30 * made[short].width, rel=0.01)


def test_mathml_says_what_is_heard_and_not_how_it_looks(root: Path) -> None:
    html = markdown(root).convert(r"$\displaystyle\sum_i \bigl(x_i\bigr)\,y$")
    heard = soup(html).find("mjx-assistive-mml")
    assert {tag.name for tag in heard.find_all(True)} <= {
        "math",
        "munder",
        "msub",
        "mrow",
        "mi",
        "mo",
    }
    assert not any(tag.attrs for tag in heard.find_all("mo"))


# After an error


def test_after_an_error_the_next_page_is_typeset(root: Path) -> None:
    with pytest.raises(BookError):
        markdown(root).convert("$a$ $\\nothing$ $b$ $c$")
    assert "mjx-c1D451" in markdown(root).convert("$d$")


def test_a_definition_cannot_reach_other_formulas(root: Path) -> None:
    with pytest.raises(BookError, match="newcommand"):
        markdown(root).convert(r"$\newcommand\loss{L}\loss$")


def test_the_place_of_a_formula_is_found_despite_inserted_numbers(tmp_path: Path) -> None:
    text = "---\na: b\n---\n\nThe $x$ and\n\n$$\nw = [[by_hand.py: w | .2f]]\n\\wrong\n$$\n"
    (tmp_path / "a.md").write_text(text)
    assert find("w = 1.92\n\\wrong", tmp_path) == (tmp_path / "a.md", 7)
    assert find("w = 1.92\n\\other", tmp_path) is None


def test_the_place_of_a_formula_is_the_formula_not_the_same_words_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Write `\\bad` and $\\badge$.\n")
    (tmp_path / "b.md").write_text("one\ntwo $\\bad$\n")
    assert find(r"\bad", tmp_path) == (tmp_path / "b.md", 2)


# What is stored


def test_stored_formulas_start_no_process(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = markdown(root).convert(PAGE)
    shared(root).close()

    def no_process(*_: object) -> MathJax:
        raise AssertionError("a process was started")

    monkeypatch.setattr(typesetter, "MathJax", no_process)
    assert markdown(root).convert(PAGE) == first
    with pytest.raises(AssertionError, match="process was started"):
        markdown(root).convert("$new$")


def test_only_new_formulas_are_typeset_and_each_once(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    started: list[MathJax] = []
    real = MathJax.typeset

    def watched(self: MathJax, formulas: list[Formula]) -> object:
        started.append(self)
        asked.extend(formula.tex for formula in formulas)
        return real(self, formulas)

    monkeypatch.setattr(MathJax, "typeset", watched)
    markdown(root).convert("$a$ $b$ $a$")
    markdown(root).convert("$b$ $c$ $a$\n\n$$\na\n$$")
    shared(root).typeset([Formula("d"), Formula("d")])
    assert asked == ["a", "b", "c", "a", "d"]
    assert started[0] is started[1], "one process for all pages"


def test_other_macros_are_other_formulas(root: Path) -> None:
    bold = markdown(root, macros={"R": r"\mathbb{R}"}).convert(r"$\R$")
    plain = markdown(root, macros={"R": "R"}).convert(r"$\R$")
    assert "NCM-DS" in bold and "NCM-DS" not in plain
    for macros in ({"R": r"\mathbb{R}"}, {"R": "R"}):
        shared(root, macros).close()


def test_a_store_that_cannot_be_used_is_an_error_with_a_cure(root: Path) -> None:
    shared(root).store.file.mkdir(parents=True)
    with pytest.raises(BookError, match="Delete this file"):
        markdown(root).convert("$x$")


def test_a_site_is_not_written_without_rules_that_its_formulas_need(root: Path) -> None:
    site(root, {"index": "$x$"})
    shared(root).store.file.unlink()
    with pytest.raises(BookError, match=r"rules of 3 signs .* are lost[^→]*→ build once more"):
        write_assets(root / "site", root)


def test_two_builds_at_once_do_no_harm(root: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from loopbook.mathematics.formula import Formula\n"
        "from loopbook.mathematics.typesetter import Typesetter\n"
        "setter = Typesetter(Path(sys.argv[1]), {})\n"
        "made = [setter.typeset([Formula(f'x_{{{i}}} + {i}')]) for i in range(40)]\n"
        "print(sum(len(typeset.html) for page in made for typeset in page.values()))\n"
    )
    builds = [
        subprocess.Popen([sys.executable, "-c", code, str(root)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    outputs = [build.communicate(timeout=60)[0] for build in builds]
    assert [build.returncode for build in builds] == [0, 0]
    assert outputs[0] == outputs[1] != ""


# Style sheet and fonts


def test_every_character_on_the_page_has_its_rule_and_its_font(root: Path) -> None:
    files = site(root, {"index": PAGE + "\n\n$\\big( \\mathscr L, \\text{é ж} \\bigr)$"})
    css = files[STYLESHEET].decode()
    page = soup(files["index.html"].decode())
    characters = {".".join(["mjx-c", *c["class"]]) for c in page.find_all("mjx-c")}
    assert len(characters) > 30
    with_rule = set(re.findall(r"^(mjx-c\.[\w.-]+)", css, re.MULTILINE))
    assert characters == with_rule
    named = set(re.findall(r'url\("fonts/([^"]+)"\)', css))
    assert named == {Path(name).name for name in files if name.endswith(".woff2")}
    for family in set(re.findall(r"MJX-[\w-]+", css)):
        assert f"@font-face {{font-family: {family};" in css


def test_only_rules_and_fonts_in_use_are_shipped(root: Path) -> None:
    site(root, {"index": PAGE})
    files = site(root, {"index": "$x$"})
    css = files[STYLESHEET].decode()
    assert "mjx-c1D465 {" in css and "mjx-c1D466" not in css
    assert "mjx-mfrac" not in css and "mjx-stretchy" not in css and "mjx-merror" not in css
    fonts = {Path(name).stem[:-9] for name in files if name.endswith(".woff2")}
    assert fonts == {"mjx-ncm-zero", "mjx-ncm-n"}
    everything = site(root, {"index": PAGE})
    assert any("/mjx-ncm-c-" in name for name in everything)
    assert len(css) < len(everything[STYLESHEET]) / 3


def test_fonts_hold_the_characters_on_the_pages_and_no_others(root: Path) -> None:
    files = site(root, {"index": r"$x + y_1 \le \left( \frac{\sum_i z_i}{\frac12} \right)$"})
    held = {}
    for name, data in files.items():
        if name.endswith(".woff2"):
            held[Path(name).stem[:-9]] = set(map(chr, TTFont(io.BytesIO(data)).getBestCmap()))
    assert held["mjx-ncm-n"] - set(" ()") == set("𝑥+𝑦1≤𝑖𝑧2∑")
    assert {"(", ")"} in (held.get("mjx-ncm-s3"), held.get("mjx-ncm-s4"), held.get("mjx-ncm-s5"))
    assert sum(len(data) for name, data in files.items() if name.endswith(".woff2")) < 8_000


def test_a_font_of_other_characters_has_another_name(root: Path) -> None:
    def main_font(text: str) -> set[str]:
        return {name for name in site(root, {"index": text}) if "/mjx-ncm-n-" in name}

    assert main_font("$x$").isdisjoint(main_font("$y$"))
    assert main_font("$x$") == main_font("$x + x$".replace(" + x", ""))


def test_a_site_without_formulas_has_the_style_sheet_but_no_fonts(root: Path) -> None:
    files = site(root, {"index": "Nothing."})
    assert set(files) == {"index.html", STYLESHEET}
    assert "@font-face" not in files[STYLESHEET].decode()


def test_bytes_do_not_depend_on_order_of_pages_or_on_what_is_stored(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    pages = {
        "a": PAGE,
        "b": r"$\big(\mathscr L\big]$ and $\text{ж}$",
        "c": r"$$\sqrt[3]{\bm x}$$".replace("bm", "boldsymbol"),
    }
    fresh, turned, filled = (tmp_path_factory.mktemp("book") for _ in range(3))
    shared(filled).typeset(
        [Formula(r"( ] [ \left[\frac{\frac12}{2}\right) \Bigl( \mathfrak g", True)]
    )
    expected = site(fresh, pages)
    assert site(turned, dict(reversed(pages.items()))) == expected
    assert site(filled, pages) == expected
    assert site(filled, pages) == expected
    for root in (fresh, turned, filled):
        shared(root).close()


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from test_mathematics import PAGE, site\n"
        "for name, data in sorted(site(Path(sys.argv[2]), {'index': PAGE}).items()):\n"
        "    print(name, hash_of(data))\n"
    ).replace("hash_of(data)", "__import__('hashlib').sha256(data).hexdigest()")
    printed = []
    for seed in ("1", "2"):
        root = tmp_path / seed
        root.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent), str(root)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        printed.append(done.stdout)
    assert printed[0] == printed[1]
    assert STYLESHEET in printed[0]


# The process


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_process_that_hangs_is_ended_with_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "hangs.mjs"
    script.write_text("console.log(JSON.stringify({rules: []})); setInterval(() => 0, 1000);")
    monkeypatch.setattr(mathjax_module, "SCRIPT", script)
    process = MathJax({}, seconds=1.5)
    with pytest.raises(BookError, match=r"no answer for 1\.5 seconds"):
        list(process.typeset([Formula("x")]))
    assert process._process.ended


def test_a_process_that_breaks_shows_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "breaks.mjs"
    script.write_text('throw new Error("cannot find the fonts");')
    monkeypatch.setattr(mathjax_module, "SCRIPT", script)
    with pytest.raises(BookError, match="cannot find the fonts"):
        MathJax({})


def test_the_process_ends_with_its_parent_even_when_that_is_killed() -> None:
    code = (
        "import time; from loopbook.mathematics.mathjax import MathJax\n"
        "print(MathJax({})._process.pid, flush=True); time.sleep(60)\n"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert alive(pid)
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(pid)


def test_each_formula_comes_with_all_rules_that_its_characters_need() -> None:
    process = MathJax({})
    [(_, first), (_, second)] = process.typeset([Formula("x"), Formula("x + y")])
    process.close()
    assert {rule.selector for rule in first} == {"mjx-c.mjx-c1D465"}
    assert {rule.selector for rule in first} < {rule.selector for rule in second}


def test_more_formulas_than_a_pipe_holds_are_no_problem(root: Path) -> None:
    formulas = [Formula(f"x_{{{i}}} + " + "y + " * 60 + "z") for i in range(300)]
    setter = Typesetter(root, {})
    assert len(setter.typeset(formulas)) == 300
    setter.close()


def test_five_hundred_new_formulas_cost_no_more_than_twenty_starts(root: Path) -> None:
    """Of processors' time, on any machine; the milliseconds are held by bench_formulas.py."""
    sys.path.insert(0, str(Path(mathematics.__file__).parents[2]))
    from bench_formulas import formulas

    def cost(count: int, folder: Path) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        setter = Typesetter(folder, {})
        assert len(setter.typeset(formulas(count))) == count
        setter.close()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    cost(1, root / "first")  # what is to be installed is installed
    assert 0.01 < cost(500, root / "many") < 20 * cost(1, root / "one")


# A whole site


def test_the_search_index_of_a_site_holds_no_formula(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "docs" / "index.md").write_text(PAGE)
    (root / "mkdocs.yml").write_text(
        "site_name: Tiny\nstrict: true\nplugins: [search]\n"
        "theme: {name: material, font: false}\n"
        f"extra_css: [{STYLESHEET}]\n"
        "markdown_extensions:\n"
        "  - tables\n  - toc: {permalink: true}\n"
        "  - pymdownx.arithmatex: {generic: true}\n"
        f"  - loopbook.mathematics: {{root: '{root}'}}\n"
    )
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        timeout=60,
        check=True,
    )
    docs = json.loads((root / "site/search/search_index.json").read_text("utf-8"))["docs"]
    assert [doc["title"] for doc in docs] == ["The slope η of ŷ", "The gradient ∂L/∂w"]
    text = re.sub(r"<code>.*?</code>", "", " ".join(doc["text"] for doc in docs))
    assert re.findall(r"[^\x00-\x7f]|\\|\^", text.replace("\xa0", " ")) == []
    assert "Inline" in text and "price" in text
    html = (root / "site/index.html").read_text("utf-8")
    assert f'href="{STYLESHEET}"' in html
    assert "∂L/∂w" in soup(html).find("nav", class_="md-nav--secondary").get_text()


def test_a_line_never_ends_between_a_sign_and_its_number(root: Path) -> None:
    breaks = {
        r"a - b = c": 2,
        r"x = -2": 1,  # at the relation
        r"(-1, -2)": 1,  # at the comma
        r"-x + 1": 1,
        r"2 \cdot (-4)": 1,
        r"(1 - \eta)^2": 1,
    }
    made = shared(root).typeset(map(Formula, breaks))
    assert {formula.tex: made[formula].html.count("<mjx-break") for formula in made} == breaks
