"""What Python does in a script's process, told to those who look after the script.

Of all that Python tells an audit hook, such as each `id` of each object that is copied, they want
to hear little; so there is one hook for all of them, and it asks one question.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

Listener = Callable[[str, tuple[Any, ...]], None]

_listeners: dict[str, tuple[Listener, ...]] = {}


def hear(events: Iterable[str], listener: Listener) -> None:
    """From now on tell a listener of these events, after those who asked before.

    Python cannot take an audit hook back: this lasts as long as the process. The event's own frame
    is the second above the listener's.
    """
    if not _listeners:
        sys.addaudithook(_tell)
    for event in events:
        _listeners[event] = (*_listeners.get(event, ()), listener)


def _tell(
    event: str,
    arguments: tuple[Any, ...],
    listeners: dict[str, tuple[Listener, ...]] = _listeners,
) -> None:
    if event in listeners:
        for listener in listeners[event]:
            listener(event, arguments)
