"""A lab's page: mkdocs-jupyter lays out the notebook, MkDocs sets its text like a chapter's."""

from __future__ import annotations

import copy
import html
import re
from pathlib import Path

import mkdocs_jupyter.config  # type: ignore[import-untyped]
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from loopbook.errors import BookError
from loopbook.labs.lab import Lab
from loopbook.labs.words import Words
from loopbook.site import stretches
from loopbook.site.reading import count_words, minutes

TEMPLATES = Path(__file__).with_name("templates")
_BODY = re.compile(r"<!--lab-->(.*)<!--/lab-->", re.DOTALL)
_MARK = re.compile(r"<!--cell (\d+)-->")
_TICKS = re.compile(r"`{3,}")


def use_our_layout() -> None:
    """Let mkdocs-jupyter lay notebooks out with our template: no styles, no scripts of its own."""
    mkdocs_jupyter.config.settings.templates_dir = str(TEMPLATES)


def notebook_file(lab: Lab, config: MkDocsConfig) -> File:
    """The lab's notebook as a file below a folder of its own, as if that were ``docs``.

    (MkDocs' "generated" files have no folder, and mkdocs-jupyter needs one.)
    """
    folder = str(lab.notebook).removesuffix(lab.uri)
    return File(lab.uri, folder, config.site_dir, config.use_directory_urls)


def finished(laid_out: str, lab: Lab, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The lab's article.

    Its texts and listings are one Markdown document, so that MkDocs converts it, checks its links
    and makes its table of contents as for every page; then each piece is put where the layout of
    the notebook has its cell.

    Args:
        laid_out: what mkdocs-jupyter made of the notebook.
        lab: the lab.
        page: its page; gets its contents, its description and what MkDocs knows of its links.
        config: MkDocs' settings.
        files: all files of the site.

    Raises:
        BookError: something that the text asks for does not exist.
    """
    page.meta["description"] = lab.purpose
    page.markdown = document(lab)
    try:
        type(page).render(page, _ungathered(config), files)
    except BookError as error:
        if error.file is not None:
            raise
        raise lab.error(error.message, _line(lab, error.message), error.cure) from error
    body = _BODY.search(laid_out)
    if body is None:
        raise lab.error("mkdocs-jupyter did not use our template", 1, "was it updated?")
    return _with_head(woven(body[1], page.content or ""), lab, page)


def _ungathered(config: MkDocsConfig) -> MkDocsConfig:
    """The settings without the extension that gathers elements: here each has its own cell."""
    settings = copy.copy(config)
    settings.markdown_extensions = [
        name for name in config.markdown_extensions if name != stretches.__name__
    ]
    return settings


def document(lab: Lab) -> str:
    """All texts and listings of a lab as one Markdown document, a mark before each."""
    words = Words.of(lab)
    parts = []
    for number, cell in enumerate(lab.cells):
        text = words.for_page(cell) if cell.kind == "markdown" else _fenced(cell.text)
        parts.append(f"<!--cell {number}-->\n\n{text}\n")
    return "\n".join(parts)


def woven(layout: str, content: str) -> str:
    """The layout with each mark replaced by what stands behind the same mark in the content."""
    pieces = _MARK.split(content)
    by_number = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return _MARK.sub(lambda mark: by_number.get(mark[1], "").strip(), layout).strip()


def _fenced(code: str) -> str:
    longest = max([2, *(len(ticks) for ticks in _TICKS.findall(code))])
    fence = "`" * (longest + 1)
    return f"{fence}python\n{code}\n{fence}"


def _with_head(article: str, lab: Lab, page: Page) -> str:
    """The article with its length and its two files in a line below the title."""
    notebook = lab.uri.rpartition("/")[2]
    script = get_relative_url(lab.file, page.url)
    line = (
        '</h1>\n<div class="chapter-head"><p class="reading-time" data-search-exclude>'
        f"{html.escape(lab.name)} · about {minutes(count_words(article))} minutes of reading, "
        "without the code and what is folded"
        f' · <a href="{html.escape(notebook)}" download>Download notebook</a>'
        f' · <a href="{html.escape(script)}" download>.py</a></p></div>'
    )
    return article.replace("</h1>", line, 1)


def _line(lab: Lab, message: str) -> int:
    """The line of the first formula that an error quotes; 1 where it quotes none."""
    for cell in lab.cells:
        for number, text in enumerate(cell.text.split("\n"), start=cell.line + 1):
            if any(tex and tex in message for tex in re.findall(r"\$\$?([^$]+)\$", text)):
                return number
    return 1
