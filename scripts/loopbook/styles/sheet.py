"""The style sheets that pages link to, joined into one, without rules that no page uses."""

from __future__ import annotations

import hashlib
import posixpath
import re
from pathlib import Path

from loopbook.errors import BookError
from loopbook.kept import seal
from loopbook.kept.desk import made_from
from loopbook.node.packages import ROOT, Packages
from loopbook.node.process import Process

HERE = Path(__file__).parent
SCRIPT = HERE / "purge.mjs"
PACKAGES = Packages(HERE, "PurgeCSS and esbuild, which make the site's style sheet light")
#: Where the sheet lies below the site.
SHEET = "assets/site.css"

_LINK = re.compile(r'[ \t]*<link rel="stylesheet" href="([^"]*?)(assets/[^"?#]+\.css)"[^>]*>\n?')
_ASIDE = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_URL = re.compile(r"""url\(\s*(["']?)(?![a-z]+:|/|#)([^"')]+)\1\s*\)""")
_TAG = re.compile(r"<[a-zA-Z!][^>]*>")
_WORD = re.compile(r"[\w-]+")
_HEAD = b"</head>"


def join_sheets(site: Path, build: Path | None = None) -> None:
    """Let every page of a site link to one style sheet, which is written to ``assets/site.css``.

    A rule is kept if each name in its selector is a word of some page's tags or of some script:
    what scripts make later is styled too. Sheets are kept below ``.build/styles`` by content, so
    that only new words or rules cost anything. Doing it twice changes nothing.

    Args:
        site: the built site.
        build: the folder for made things; the repository's own by default.

    Raises:
        BookError: two pages link to different sheets, or one links to a sheet that is not there.
    """
    pages = {path: path.read_bytes() for path in sorted(site.rglob("*.html"))}
    sheets = _common(site, pages)
    if not sheets or sheets == (SHEET,):
        return
    words: set[str] = set()
    for path, page in pages.items():
        words |= made_from(page, f"words of {path.relative_to(site).as_posix()}", _words)
    for script in _scripts(site):
        words.update(_WORD.findall(script.read_text("utf-8")))
    css = "\n".join(_moved(site, sheet) for sheet in sheets)
    made = _made(css, " ".join(sorted(words)), ROOT / ".build" if build is None else build)
    (site / SHEET).write_text(made, "utf-8")
    for path, page in pages.items():
        head, end, rest = page.partition(_HEAD)
        path.write_bytes(b"".join((_linked(head.decode("utf-8")).encode("utf-8"), end, rest)))


def sheets_of(page: str) -> tuple[str, ...]:
    """The sheets below ``assets`` that a page links to, in their order."""
    head = _ASIDE.sub("", page.partition("</head>")[0])
    return tuple(link[2] for link in _LINK.finditer(head))


def _common(site: Path, pages: dict[Path, bytes]) -> tuple[str, ...]:
    found: dict[tuple[str, ...], Path] = {}
    for path, page in pages.items():
        found.setdefault(sheets_of(page.partition(_HEAD)[0].decode("utf-8")), path)
    if len(found) > 1:
        (first, one), (second, other) = list(found.items())[:2]
        odd = sorted(set(first) ^ set(second)) or ["the same in another order"]
        raise BookError(
            f"{one.relative_to(site)} and {other.relative_to(site)} link to different style "
            f"sheets: {', '.join(odd)}",
            file=other,
            cure="name style sheets under extra_css in mkdocs.yml, for all pages",
        )
    return next(iter(found), ())


def _scripts(site: Path) -> list[Path]:
    """What may make or mark elements later: not the stemmers, not the maps of sources."""
    folder = site / "assets"
    return sorted(path for path in folder.rglob("*.js") if "lunr" not in path.parts)


def _words(page: bytes) -> frozenset[str]:
    """The words of a page's tags."""
    tags = _TAG.findall(page.decode("utf-8"))
    return frozenset(word for tag in tags for word in _WORD.findall(tag))


def _moved(site: Path, sheet: str) -> str:
    """A sheet's text, with the addresses that it names as seen from the joined sheet."""
    file = site / sheet
    if not file.is_file():
        raise BookError("pages link to a style sheet that is not there", file=file)
    folder = posixpath.relpath(posixpath.dirname(sheet), posixpath.dirname(SHEET))

    def moved(match: re.Match[str]) -> str:
        return f'url("{posixpath.normpath(posixpath.join(folder, match[2]))}")'

    return _URL.sub(moved, file.read_text("utf-8"))


def _made(css: str, words: str, build: Path) -> str:
    digest = hashlib.sha256()
    for part in (PACKAGES.lock.read_bytes(), SCRIPT.read_bytes(), css.encode(), words.encode()):
        digest.update(hashlib.sha256(part).digest())

    def purged() -> bytes:
        process = Process("PurgeCSS", SCRIPT, PACKAGES)
        (answer,) = process.ask([{"css": css, "words": words}])
        process.close()
        return str(answer["css"]).encode("utf-8")

    return seal.kept(build / "styles" / digest.hexdigest()[:32], purged).decode("utf-8")


def _linked(head: str) -> str:
    """The head with one link in the place of the first, and none in those of the others."""
    asides = _ASIDE.findall(head)
    head = _ASIDE.sub("\0", head)
    first = True

    def replaced(match: re.Match[str]) -> str:
        nonlocal first
        link = f'<link rel="stylesheet" href="{match[1]}{SHEET}">\n' if first else ""
        first = False
        return link

    head = _LINK.sub(replaced, head)
    for aside in asides:
        head = head.replace("\0", aside, 1)
    return head
