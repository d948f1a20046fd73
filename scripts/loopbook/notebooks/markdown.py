"""What of a chapter is read and not run, as Markdown that Jupyter reads: words, notes, blocks."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterable

from loopbook.blocks import aligned, devices
from loopbook.blocks.pieces import (
    Aligned,
    Answer,
    Code,
    Devices,
    Downloads,
    Equation,
    Exercise,
    Exercises,
    Fold,
    Names,
    Output,
    Picture,
    Piece,
    Progress,
    Quiz,
    Tags,
    Takeaway,
)
from loopbook.notebooks.nodes import Element, Node, Note, Words
from loopbook.notebooks.prose import Prose, anchor
from loopbook.text import shown

_TICKS = re.compile("`+")
_FORMULA_END = re.compile(r"\s*\$\$\s*\Z")


def markdown_of(nodes: Iterable[Node], prose: Prose) -> str:
    """Markdown of what is read and not run, with empty lines between.

    Args:
        nodes: parts of a chapter.
        prose: how its words are written.
    """
    return "\n\n".join(text for text in (_node(node, prose) for node in nodes) if text)


def _node(node: Node, prose: Prose) -> str:
    match node:
        case Words():
            return prose.markdown(node.text)
        case Note():
            title, text = node.title, markdown_of(node.children, prose)
            if node.folded:
                return _details(prose.summary(title), text)
            return _quoted(f"**{prose.line(title)}**\n\n{text}")
        case Element():
            return _piece(node.piece, node.children, prose)


def _piece(piece: Piece, children: tuple[Node, ...], prose: Prose) -> str:
    match piece:
        case Code():
            return fenced(f"# {piece.script}\n{piece.source}", "python")
        case Aligned():
            return aligned.as_markdown(piece)
        case Devices():
            return devices.as_markdown(piece)
        case Output():
            printed = piece.printed
            before, after = "⋮\n" * printed.cut_before, "\n⋮" * printed.cut_after
            return fenced(f"{before}{printed.text.rstrip()}{after}", "text")
        case Picture():
            words = f"**{piece.label.words}.** {markdown_of(children, prose)}"
            return f"{anchor(piece.label.name)}{words}\n\n*What it shows:* {piece.alt}"
        case Equation():
            tag = rf"\\tag{{{piece.label.number}}} $$"
            formula = _FORMULA_END.sub(f"\n{tag}", markdown_of(children, prose))
            tests = f"<code>{piece.tests[0]}</code>"
            if more := len(piece.tests) - 1:
                tests += f" and {more} more"
            return f"{anchor(piece.label.name)}{formula}\n\n<small>✓ {tests}</small>"
        case Fold():
            summary = f"<b>{piece.word}</b>"
            if piece.question:
                summary += f" {prose.summary(piece.question)}"
            return _details(summary, markdown_of(children, prose))
        case Quiz():
            return f"**Question.** {prose.line(piece.question)}\n\n{markdown_of(children, prose)}"
        case Answer():
            verdict = "Right." if piece.right else "Not this one."
            explained = f"**{verdict}** {markdown_of(children, prose)}"
            return _details(prose.summary(piece.text), explained)
        case Names():
            rows = (
                f"| ${name.tex}$ | {name.meaning} | {', '.join(f'`{n}`' for n in name.names)} |"
                for name in piece.symbols
            )
            return "\n".join(("| symbol | meaning | in code |", "|---|---|---|", *rows))
        case Downloads():
            lines = (f"- `{link.words}`: {_purpose(words)}" for link, words in piece.scripts)
            return "\n".join(lines)
        case Takeaway() | Exercises() | Tags() | Progress():
            return ""  # of the site alone
        case Exercise():
            return markdown_of(children, prose)


def _details(summary: str, text: str) -> str:
    return f"<details>\n<summary>{summary}</summary>\n\n{text}\n\n</details>"


def _quoted(text: str) -> str:
    return textwrap.indent(text, "> ", lambda line: True)


def _purpose(words: str) -> str:
    """A docstring's words: what stands between backticks is code, the rest no HTML."""
    parts = re.split(r"(`+[^`]*`+)", words)
    return "".join(html.escape(p, quote=False) if i % 2 == 0 else p for i, p in enumerate(parts))


def fenced(text: str, language: str) -> str:
    """Code between two lines of more backticks than it has itself."""
    ticks = "`" * max(3, 1 + max(map(len, _TICKS.findall(text)), default=0))
    return f"{ticks}{language}\n{shown(text)}\n{ticks}"
