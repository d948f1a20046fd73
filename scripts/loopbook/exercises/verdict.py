"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass


class NotYet(Exception):
    """The attempt does not do yet what the exercise asks; the message says so to the reader."""


class Unfinished(Exception):
    """The check needs something that the reader's file did not reach before it stopped."""


@dataclass(frozen=True)
class Verdict:
    """The answer to one attempt.

    Attributes:
        passed: whether the attempt does what the exercise asks.
        messages: what to tell the reader, one paragraph each.
    """

    passed: bool
    messages: tuple[str, ...]

    @property
    def text(self) -> str:
        """All messages as one text."""
        return "\n".join(self.messages)
