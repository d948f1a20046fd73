"""Coloured code with one span per colour: Pygments' one per token made a page's largest part."""

from __future__ import annotations

import re
from functools import lru_cache

#: Pygments' classes by the class that stands for their colour, as the theme groups them.
COLOURS = {
    "c": "c c1 ch cm cs sd",
    "k": "k kd kn kp kr kt nd ni nl nt ow",
    "m": "il m mb mf mh mi mo",
    "nb": "bp nb no",
    "nf": "fm nc ne nf nn",
    "s": "cpf dl l s s1 s2 sa sb sc si ss",
    "se": "cp se sh sr sx",
}
#: Those that have the colour of plain code: names, operators, punctuation, white space, unknowns.
PLAIN = "err kc n na nv nx o p py vc vg vi vm w x"

CODE = re.compile(
    r"(<pre[^>]*><span></span><code[^>]*>)"
    r"([^<]*+(?:<(?!/code></pre>)[^<]*+)*+)(?=</code></pre>)"
)
TOKEN = re.compile(r'<span class="(\w+)">([^<]*)</span>')
SEAM = re.compile(r'(<span class="(\w+)">[^<]*)</span><span class="\2">')

_COLOUR = {word: colour for colour, words in COLOURS.items() for word in words.split()}
_PLAIN = frozenset(PLAIN.split())


def _token(match: re.Match[str]) -> str:
    if match[1] in _PLAIN or not match[2].strip():
        return match[2]
    return f'<span class="{_COLOUR.get(match[1], match[1])}">{match[2]}</span>'


@lru_cache(maxsize=1024)
def _joined(code: str) -> str:
    code, seams = TOKEN.sub(_token, code), 1
    while seams:
        code, seams = SEAM.subn(r"\1", code)
    return code


def with_few_spans(html: str) -> str:
    """The same page, in which neighbours of one colour share a span and plain code has none.

    Only what Pygments coloured is touched; classes that are not known here stay as they are.
    """
    return CODE.sub(lambda match: match[1] + _joined(match[2]), html)
