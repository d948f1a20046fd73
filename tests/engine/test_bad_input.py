"""What authors do wrong: a book that is changed at random builds, or says what is wrong and where.

``MUTATIONS=2000 pytest -n0 tests/engine/test_bad_input.py`` looks at as many books, others each
time; without it, 200 that are always the same.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import markdown
import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs.utils.meta import get_data

from loopbook.blocks.book import Book, read
from loopbook.blocks.sections import read_listing
from loopbook.errors import BookError
from loopbook.labs.lab import find_labs
from loopbook.labs.notebook import write_notebook
from loopbook.labs.page import document
from loopbook.notebooks.parts import Parts
from loopbook.notebooks.publish import begin
from loopbook.runner.book import judge, run_snippets
from loopbook.runner.cells import cut
from loopbook.runner.script import syntax_digest
from loopbook.runner.session import Options
from loopbook.site.publish import published_scripts
from loopbook.text import parsed

ROOT = Path(__file__).resolve().parents[2]
GOOD = Path(__file__).resolve().parent / "good"
FILES = sorted(path.relative_to(GOOD).as_posix() for path in GOOD.rglob("*.*") if path.is_file())
MANY = int(os.environ.get("MUTATIONS", "0"))
#: Seconds that no book may take, on a busy machine.
LIMIT = 60

FRAGMENTS = (
    # blocks
    "/// code | nothing.py\n///", "/// figur | fall.py: loss", "/// code | fall.py: lop\n///",
    "/// code fall.py", "///", "////", "/// code | 0\n///", "    labell: x", "    alt:", "    x",
    "//// exercise | none\n    title: None\n////", "/// predict |\n///", "/// hint\nH.\n///",
    "/// answer | perhaps: 1\nWhy.\n///", "/// equation | two words\n$$\nx\n$$\n///",
    "/// figure | fall.py: loss\n    alt: $x$\nIt.\n///", "/// details | Other\nx\n///",
    # brackets
    "[[fall.py: nothing]]", "[[fall.py]]", "[[#none]]", "[[none]]", "[[", "]]", "[[a|b|c]]",
    "[[fall.py: epoch 1 w | zz]]", "[[my fall.py: w]]", "$[[#rule]]$", "[[[x]]]", "[[fall.py: ep]]",
    # Markdown
    "`", "```", "~~~~", "<div markdown>", "</div>", "<p markdown=1>", "<!--", "-->", "&#0;", "![]",
    "[a]: <", "[^1]: again", "[^2]", "*[SGD]: again", "{ #the-rule }", "{: .a .b", "| a |", "> -",
    "# A good chapter", "<script>alert(1)</script>", "\tcode", "    code", "%2e%2e/", "-\n  -\n\t-",
    # formulas
    r"$\frac{1$", "$$", r"$\undefined$", r"\(", r"$\begin{matrix}$", "$x", r"$\left($", "$$\n\n$$",
    # front matter
    "---", "tags: [", "tags: x", "date: 2026-13-45", "date: soon", "snippets: ../..", ": :", "a: *",
    "title: [x]", "? {}", "snippets: part-1/none", "!!python/name:os.system", "description: 3",
    # scripts
    "# --8<-- [start:loop]", "# --8<-- [end:loop]", "# --8<-- [end:lop]", "# run: timeout -1",
    "# run: timeout inf", "# run: expects ValueError", "# run: nothing", "# %%", "# %% [markdown]",
    "def f(:", "  return 1", "raise ValueError('x')", "import nothing_there", "raise SystemExit(3)",
    "print('<b>&[[x]]$y$')", "x = " + "(" * 300, "x = " + "-" * 3000 + "1", "'''", '"""',
    "# -*- coding: no -*-", "# -*- coding: latin-1 -*-", "print(*range(3000))",
    "print('\\udcff\\x02\\ue0000\\ue001')", "raise ValueError('\\ud800')",
    "open(__file__ + '\\udcff', 'w')", "import os; os.kill(os.getpid(), 40)",
    # signs
    "\x00", "\x02wzxhzdk:0\x03", "\x0c", "\u2028", "\ue0000\ue001", "\ufeff", "\u202e", "é" * 300,
)  # fmt: skip
NAMES = ("my fall.py", "fäll.py", "fall (1).py", "2-a page.md", "2-kapitel-ß.md", "a" * 240, "..x")
NAMES += ("caf\udce9.py", "2-caf\udce9.md", "caf\udce9.csv")
#: What is wrong with a run as a whole, and what Python tells no line of.
NO_LINE = ("prints something else", "there is no ", "unexpected success: ", "RecursionError: ")
LINES = (
    "delete", "double", "swap", "move", "insert", "insert", "insert", "typo", "drop", "cut",
    "tabs", "indent", "dedent", "upper",
)  # fmt: skip
WHOLE = (
    "crlf", "cr", "bom", "latin", "bytes", "utf16", "huge line", "many lines", "many words",
    "missing", "folder", "rename", "link", "empty", "twice",
)  # fmt: skip


@dataclass(frozen=True)
class Mutation:
    """One change: of which file, what, and where from and to, as parts of the whole."""

    file: str
    kind: str
    place: float
    other: float
    fragment: str
    name: str


chapters = [name for name in FILES if "2-good" in name] * 2 + FILES
chapters += [name for name in FILES if "docs" in name] * 4
parts = st.integers(0, 996).map(lambda number: number / 997)
mutations = st.builds(
    Mutation,
    file=st.sampled_from(sorted(chapters)),
    kind=st.one_of(st.sampled_from(LINES), st.sampled_from(LINES), st.sampled_from(WHOLE)),
    place=parts,
    other=parts,
    fragment=st.sampled_from(FRAGMENTS),
    name=st.sampled_from(NAMES),
)


def changed(lines: list[str], m: Mutation) -> list[str]:
    """The lines of a file after a change of some of them."""
    i, j = int(m.place * len(lines)), int(m.other * len(lines))
    line = lines[i]
    k = int(m.other * len(line))
    low, high = sorted((i, j))
    match m.kind:
        case "delete":
            lines[i : i + 1 + int(m.other * 3)] = []
        case "double":
            lines[i:i] = lines[low : high + 1]
        case "swap":
            lines[i], lines[j] = lines[j], line
        case "move":
            block = lines[low : high + 1]
            lines[low : high + 1] = []
            lines[int(m.other * len(lines)) :] += block
        case "insert":
            lines[i:i] = m.fragment.split("\n")
        case "typo":
            lines[i] = line[:k] + line[k + 1 : k + 2] + line[k : k + 1] + line[k + 2 :]
        case "drop":
            lines[i] = line[:k] + line[k + 1 :]
        case "cut":
            lines[i:] = [line[:k]]
        case "tabs":
            lines = [line.replace("    ", "\t") for line in lines]
        case "indent":
            lines[low : high + 1] = ["  " + line for line in lines[low : high + 1]]
        case "dedent":
            lines[low : high + 1] = [line.lstrip() for line in lines[low : high + 1]]
        case "upper":
            lines[i] = line.upper()
    return lines


def rewritten(data: bytes, m: Mutation) -> bytes:
    """The bytes of a file after a change of all of them."""
    text = data.decode("utf-8", "replace")
    match m.kind:
        case "crlf":
            return data.replace(b"\n", b"\r\n")
        case "cr":
            return data.replace(b"\n", b"\r")
        case "bom":
            return b"\xef\xbb\xbf" + data
        case "latin":
            return (text + "\n# é\n").encode("latin-1", "replace")
        case "bytes":
            middle = int(m.place * len(data))
            return data[:middle] + b"\xff\xfe\x80" + data[middle:]
        case "utf16":
            return text.encode("utf-16")
        case "huge line":
            return data + b"\nx" + b" ab, *c* 1.5" * 20_000
        case "many lines":
            line = text.split("\n")[int(m.place * text.count("\n"))]
            return data + f"\n{line}".encode() * 4_000
        case "many words":
            return data + b"\n# [[" + b"a" * 100_000 + b"]] $" + b"x" * 1000
        case "empty":
            return b""
        case "twice":
            return data + b"\n" + data
    return "\n".join(changed(text.split("\n"), m)).encode("utf-8", "surrogatepass")


def apply(root: Path, m: Mutation) -> None:
    """Change the book."""
    file = root / m.file
    if not file.is_file() or file.is_symlink():
        return  # an earlier change took it away
    data = file.read_bytes()
    if m.kind in ("missing", "folder", "rename", "link"):
        file.unlink()
    match m.kind:
        case "missing":
            return
        case "folder":
            file.mkdir()
        case "link":
            (root / "outside.txt").write_bytes(data)
            file.symlink_to(Path("/etc/passwd") if m.place < 0.5 else root / "outside.txt")
        case "copy":
            file.with_name(m.name).write_bytes(data)
        case "rename":
            file.with_name(m.name).write_bytes(data)
            if m.place < 0.7:
                for page in (page for page in root.rglob("docs/**/*.md") if page.is_file()):
                    words = page.read_text("utf-8", "surrogateescape").replace(file.name, m.name)
                    page.write_text(words, "utf-8", "surrogateescape")
        case _:
            file.write_bytes(rewritten(data, m))


class Extensions:
    """The Markdown extensions of the book's own settings."""

    def __init__(self) -> None:
        self.config = load_config(str(ROOT / "mkdocs.yml"))

    def convert(self, text: str, root: Path) -> str:
        settings = {name: dict(given) for name, given in self.config.mdx_configs.items()}
        for name in ("blocks", "mathematics", "site.heading", "series"):
            settings.setdefault(f"loopbook.{name}", {})["root"] = str(root)
        names = self.config.markdown_extensions
        return markdown.markdown(text, extensions=names, extension_configs=settings)


def build(root: Path, extensions: Extensions, accept: bool = False) -> dict[str, str]:
    """All that a build of the book does, but for the theme and the notebooks' kernels."""
    session = run_snippets(root, Options(timeout=60, jobs=2))
    for complaint in judge(root, update=accept).complaints(session).values():
        raise complaint
    book = Book(root)
    notebooks = begin(root, serving=True)
    for lab in find_labs(book):
        write_notebook(lab)
        document(lab)
    for _ in published_scripts(root):
        pass
    pages = {}
    for source in book.sources():
        text, _ = get_data(read(root / source.file))
        pages[source.path] = extensions.convert(text, root)
    notebooks.write(root / "site")
    return pages


def check(pages: dict[str, str]) -> None:
    """None of our syntax is left in any page, outside code."""
    for name, html in pages.items():
        assert "\ue000" not in html and "klzzwxh" not in html and "wzxhzdk" not in html, name
        page = BeautifulSoup(re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL), "html.parser")
        for code in page.select("code, pre, svg, mjx-container"):
            code.decompose()
        assert not re.search(r"(?<!\\)\[\[[^\[\]\n]+\]\]", page.text), name
        assert not re.search(r"^/{3,} ", page.text, re.MULTILINE), name


@contextmanager
def in_time() -> Iterator[None]:
    """Nothing hangs."""

    def too_late(*_: object) -> None:
        raise AssertionError(f"took more than {LIMIT} s")

    before = signal.signal(signal.SIGALRM, too_late)
    signal.alarm(LIMIT)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


Good = tuple[Path, Extensions, dict[str, str]]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Good:
    """The good book, built once: its folder, which each example changes, and its pages."""
    root = tmp_path_factory.mktemp("bad") / "book"
    shutil.copytree(GOOD, root)
    extensions = Extensions()
    pages = build(root, extensions)
    shutil.copytree(root / ".build/records", root.parent / "records")
    return root, extensions, pages


def renew(root: Path) -> None:
    """The good book again; formulas that are typeset stay so."""
    for name in ("docs", "snippets", "tests", "site", ".build/records", ".build/labs"):
        shutil.rmtree(root / name, ignore_errors=True)
    shutil.copytree(GOOD, root, dirs_exist_ok=True)
    shutil.copytree(root.parent / "records", root / ".build/records")


def outcome(
    root: Path, extensions: Extensions, made: list[Mutation], accept: bool
) -> dict[str, str] | BookError:
    """What comes of a changed book: its pages, or the error that an author can mend.

    With ``accept``, what the scripts print now is taken for right.
    """
    renew(root)
    for mutation in made:
        apply(root, mutation)
    try:
        with in_time():
            return build(root, extensions, accept)
    except BookError as error:
        return error


@settings(
    max_examples=MANY or 200,
    derandomize=not MANY,
    database=None,
    deadline=None,
    phases=[Phase.generate],  # a smaller example costs minutes, and each says what was changed
    suppress_health_check=list(HealthCheck),
)
@given(made=st.lists(mutations, min_size=1, max_size=3), accept=st.booleans())
def test_a_changed_book_builds_or_says_what_is_wrong_and_where(
    good: Good, made: list[Mutation], accept: bool
) -> None:
    found = outcome(*good[:2], made, accept)
    if isinstance(found, BookError):
        assert found.file, str(found)
        assert len(str(found)) < 20_000, "an author reads it"
        assert found.line is not None or found.message.startswith(NO_LINE), str(found)
    else:
        check(found)


def site_of(root: Path) -> dict[str, bytes]:
    """What was written beside the pages: notebooks and archives."""
    site = root / "site"
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


@pytest.mark.parametrize("kinds", [("crlf",), ("bom",), ("crlf", "bom")])
def test_line_ends_of_windows_and_byte_order_marks_change_nothing(
    good: Good, kinds: tuple[str, ...]
) -> None:
    root, extensions, pages = good
    assert outcome(root, extensions, [], False) == pages
    site = site_of(root)
    made = [Mutation(file, kind, 0, 0, "", "") for file in FILES for kind in kinds]
    assert outcome(root, extensions, made, False) == pages
    assert len(site) == 3 and site_of(root) == site
    lab = root / ".build/labs/part-1/lab-1-good.ipynb"
    assert "\\r" not in lab.read_text("utf-8") and "\ufeff" not in lab.read_text("utf-8")


@pytest.mark.parametrize("name", ["fäll.py", "спуск.py", "a_" * 60 + ".py"])
def test_a_name_may_have_letters_of_any_language(good: Good, name: str) -> None:
    made = [Mutation("snippets/part-1/2-good/fall.py", "rename", 0, 0, "", name)]
    made += [Mutation("snippets/part-1/2-good/fall.out", "rename", 0, 0, "", name[:-3] + ".out")]
    found = outcome(*good[:2], made, False)
    assert isinstance(found, dict), found
    assert name in found["part-1/2-good.md"]


@pytest.mark.parametrize("name", ["my fall.py", "fall (1).py"])
def test_a_name_that_no_block_can_write_is_an_error(good: Good, name: str) -> None:
    made = [Mutation("snippets/part-1/2-good/fall.py", "rename", 0, 0, "", name)]
    found = outcome(*good[:2], made, True)
    assert isinstance(found, BookError) and name in str(found) and found.line, found


@pytest.mark.parametrize("kind", ["copy", "link"])
def test_a_file_that_no_page_names_and_no_block_can_is_an_error_with_its_place(
    good: Good, kind: str
) -> None:
    file = "snippets/part-1/2-good/exercises/slower/start.py"
    found = outcome(*good[:2], [Mutation(file, kind, 0.9, 0, "", "my start.py")], True)
    assert isinstance(found, BookError) and found.line == 1, found
    name = "my start.py" if kind == "copy" else "start.py"
    assert str(found.file).endswith(f"snippets/part-1/2-good/exercises/slower/{name}")


@pytest.mark.parametrize("kind", ["rename", "copy"])
@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("snippets/part-1/2-good/fall.py", "caf\udce9.py"),
        ("snippets/part-1/2-good/fall.py", "caf\udce9.csv"),
        ("snippets/part-1/2-good/exercises/slower/start.py", "caf\udce9.py"),
        ("docs/part-1/2-good.md", "2-caf\udce9.md"),
        ("tests/part-1/2-good/test_fall.py", "test_caf\udce9.py"),
    ],
)
def test_a_name_that_is_not_utf8_is_an_error(good: Good, file: str, name: str, kind: str) -> None:
    made = [Mutation(file, kind, 0.9, 0, "", name)]
    found = outcome(*good[:2], made, True)
    assert isinstance(found, BookError) and found.file and found.line, found
    if kind == "copy":
        assert name.replace("\udce9", "\\udce9") in str(found)
        assert found.message == "has a name that is not UTF-8"


@pytest.mark.parametrize("depth", [900, 3_000, 100_000])
def test_an_expression_nested_too_deeply_is_the_authors_error(depth: int) -> None:
    """Python raises one of several errors for it, by how deep its caller is."""
    text = f"x = {'-' * depth}1\n"
    try:
        parsed(text, "snippets/a.py")
    except BookError as error:
        assert (error.file, error.line) == ("snippets/a.py", 1)
    else:
        assert depth < 100_000
    assert syntax_digest(text.encode()) and isinstance(cut(text.encode()), tuple)


def test_a_line_that_makes_a_figure_may_be_there_a_thousand_times() -> None:
    text = 'fig, ax = plt.subplots(num="loss")\n' * 1000
    begun = time.process_time()
    Parts(text, read_listing(text, "a.py"), [])
    assert time.process_time() - begun < 3
