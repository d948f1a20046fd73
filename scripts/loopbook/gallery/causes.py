"""Why a script fails under plain Python, in few words."""

from __future__ import annotations

import re

# The first that fits its last words is the cause.
_CAUSES = (
    ("a package that is not installed", r"ModuleNotFoundError|Failed to import any|requires? \w+$"),
    ("a window system", r"TclError|DISPLAY|headless|interactive framework|has no attribute 'add_"),
    ("LaTeX", r"latex could not be found|dvi"),
    ("another program", r"FileNotFoundError: .*No such file or directory: '[\w-]+'$|MovieWriter"),
    ("the network", r"URLError|getaddrinfo|Name or service|ConnectionError|HTTPError|Max retries"),
    ("more time, or someone who answers it", r"^timeout$"),
)
OTHER = "something else"


def cause(problem: str) -> str:
    """What a script lacks here, from the last words of plain Python about it."""
    return next((words for words, pattern in _CAUSES if re.search(pattern, problem)), OTHER)
