"""What each block is made of: its argument, its options, its body, where it may stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

LABEL = re.compile(r"[^\W\d_][\w-]*")


@dataclass(frozen=True)
class Spec:
    """The form of one block.

    Attributes:
        argument: what stands behind the bar, in words; empty for none.
        options: names of its options.
        required: those that must be given.
        body: whether text belongs between its lines.
        inside: the block that it must stand in, if any.
    """

    argument: str = ""
    options: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    body: Literal["text", "none"] = "text"
    inside: str = ""

    def complaint(
        self, name: str, argument: str, options: Mapping[str, str], body: str, parent: str
    ) -> tuple[str, str] | None:
        """What is wrong with a block of this form and what to do about it, or ``None``."""
        usage = f"/// {name} | {self.argument}" if self.argument else f"/// {name}"
        if self.argument and not argument:
            return f"this {name} block lacks its argument", f"write {usage}"
        if argument and not self.argument:
            return f"a {name} block takes no argument", f"write {usage}"
        for option in self.required:
            if not options.get(option):
                return f"this {name} block lacks its {option}", _ADVICE[option]
        empty = next((option for option, value in options.items() if not value), None)
        if empty:
            return f"the option “{empty}” of this {name} block is empty", "fill it, or take it out"
        if self.body == "none" and body.strip():
            return f"a {name} block holds no text", "end the block before the text"
        if self.body == "text" and not body.strip():
            return f"this {name} block is empty", _ADVICE.get(name, "write its text")
        if self.inside and parent != self.inside:
            return f"a {name} block stands in no {self.inside} block", (
                f"put it into one; the outer block has more slashes: //// {self.inside} | …"
            )
        return None


_ADVICE = {
    "scripts": "add an indented line below it, “    scripts: title = file.py: names; …”",
    "alt": "add an indented line below it, “    alt: …”, "
    "that tells someone who cannot see the picture what it shows",
    "title": "add an indented line below it, “    title: …”",
    "figure": "write its caption, a conclusion, before the closing slashes",
    "equation": "write its formula between two lines of $$",
    "answer": "say before the closing slashes why it is right, or what is wrong with it",
}

SPECS: dict[str, Spec] = {
    "code": Spec("file.py: section", body="none"),
    "aligned": Spec("folder", ("scripts",), ("scripts",), body="none"),
    "output": Spec("file.py", ("from", "to"), body="none"),
    "devices": Spec("file.py", ("folder", "from", "to"), body="none"),
    "figure": Spec("file.py: figure", ("alt", "label", "live", "data"), ("alt",)),
    "equation": Spec("label"),
    "predict": Spec("question"),
    "recall": Spec("question"),
    "quiz": Spec("question", ("kind",)),
    "answer": Spec("right: … or wrong: …", inside="quiz"),
    "symbols": Spec(body="none"),
    "progress": Spec(),
    "exercise": Spec("name", ("title", "tags"), ("title",)),
    "hint": Spec(inside="exercise"),
    "solution": Spec(inside="exercise"),
    "downloads": Spec(body="none"),
    "exercises": Spec(body="none"),
    "tags": Spec(body="none"),
    "takeaway": Spec(body="none"),
}
