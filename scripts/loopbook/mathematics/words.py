"""A formula in one line of plain characters, for titles and tables of contents."""

from __future__ import annotations

import unicodedata
from xml.etree import ElementTree

ACCENTS = {
    "^": "\N{COMBINING CIRCUMFLEX ACCENT}",
    "~": "\N{COMBINING TILDE}",
    "¯": "\N{COMBINING MACRON}",
    "\N{DOT ABOVE}": "\N{COMBINING DOT ABOVE}",
    "→": "\N{COMBINING RIGHT ARROW ABOVE}",
}
BARS = frozenset("¯\N{HORIZONTAL BAR}")
SPACED = frozenset("=<>≤≥≈≠≡≪≫∈→←+±\N{MINUS SIGN}\N{TILDE OPERATOR}")
RAISED = str.maketrans("0123456789+\N{MINUS SIGN}()n\N{DOWN TACK}", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿᵀ")
LOWERED = str.maketrans(
    "0123456789+\N{MINUS SIGN}()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
)


def in_words(mathml: str) -> str:
    """The formula in characters: a fraction as ``∂L/∂w``, a square as ``x²``."""
    return " ".join(_text(ElementTree.fromstring(mathml)).split())


def _text(node: ElementTree.Element) -> str:
    parts = [_text(child) for child in node]
    match node.tag:
        case "mo" if node.text and node.text in SPACED:
            return f" {node.text} "
        case "mi" | "mn" | "mo" | "mtext" | "ms":
            return (node.text or "").replace("\N{FUNCTION APPLICATION}", "")
        case "mfrac":
            return f"{_group(parts[0])}/{_group(parts[1])}"
        case "msqrt":
            return f"√{_group(''.join(parts))}"
        case "mover" if parts[1] in ACCENTS and len(parts[0]) == 1:
            return unicodedata.normalize("NFC", parts[0] + ACCENTS[parts[1]])
        case "mover" if parts[1] in BARS:
            return "".join(f"{character}\N{COMBINING OVERLINE}" for character in parts[0])
        case "msup" | "mover":
            return parts[0] + _raised(parts[1])
        case "msub":
            return parts[0] + _lowered(parts[1])
        case "munder":
            return f" {parts[0]}{_lowered(parts[1])} "
        case "msubsup":
            return parts[0] + _lowered(parts[1]) + _raised(parts[2])
        case "munderover":
            return f" {parts[0]}{_lowered(parts[1])}{_raised(parts[2])} "
        case "mtr":
            return ", ".join(parts)
        case "mtable":
            return "; ".join(parts)
        case "mspace":
            return " "
        case _:
            return "".join(parts)


def _raised(text: str) -> str:
    text = "".join(text.split())
    return text.translate(RAISED) if all(ord(c) in RAISED for c in text) else f"^{_group(text)}"


def _lowered(text: str) -> str:
    text = "".join(text.split())
    return text.translate(LOWERED) if all(ord(c) in LOWERED for c in text) else f"_{_group(text)}"


def _group(text: str) -> str:
    text = text.strip()
    closed = text.startswith("(") and text.endswith(")")
    return text if closed or not any(mark in text for mark in " =/^_,") else f"({text})"
