"""What was probably meant: the names nearest to one that does not exist."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from loopbook.text import short

_MOST = 12


def meant(wanted: str, names: Iterable[str], there: str = "there is") -> str:
    """A sentence that helps: the nearest names, and all of them if they are few.

    Args:
        wanted: the name that does not exist.
        names: those that do.
        there: how the list of all names begins.
    """
    known = list(dict.fromkeys(short(name) for name in names))
    if not known:
        return f"{there} none yet"
    lower = {name.lower(): name for name in reversed(known)}
    near = [lower[name] for name in difflib.get_close_matches(short(wanted).lower(), lower, 3, 0.5)]
    parts = []
    if near:
        parts.append(f"did you mean {' or '.join(quoted(name) for name in near)}?")
    if len(known) <= _MOST and near != known:
        parts.append(f"{there}: {', '.join(known)}")
    elif not near:
        parts.append(f"{there}: {', '.join(known[:_MOST])}, …")
    return "; ".join(parts)


def quoted(text: str) -> str:
    """The text in quotation marks; of a long one, its ends."""
    return f"“{short(text)}”"
