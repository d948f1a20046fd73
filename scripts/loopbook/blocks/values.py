"""A run's numbers by key: the words printed before a number are its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from loopbook.blocks.nearest import meant, quoted
from loopbook.errors import BookError
from loopbook.numbers import NUMBER

_TOKEN = re.compile(rf"(?P<number>{NUMBER})|(?P<word>[^\s=:,;|()\[\]{{}}\"']+)")
_CELL = re.compile(rf"{NUMBER}%?")
_GAP = re.compile(r"\s{2,}|\t|\s*[|│]\s*")
_RULE = re.compile(r"[\s\-=─━+|│]+")

# Only where nothing is found are keys proposed, and not for thousands of numbers.
_SUGGESTED = 200

Tokens = tuple[str, ...]


@dataclass(frozen=True)
class Value:
    """One printed number.

    Attributes:
        text: the number as printed.
        line: the printed line that it stands in, without surrounding blanks.
        words: the words directly before it.
        groups: what stands before those words: groups of words, each ended by a number.
        cell: whether it stands in a table, where ``words`` are the row's and the column's.
    """

    text: str
    line: str
    words: Tokens
    groups: tuple[Tokens, ...] = ()
    cell: bool = False

    @property
    def full(self) -> Tokens:
        """The complete key: all that stands before the number."""
        return tuple(token for group in self.groups for token in group) + self.words

    def answers(self, key: Tokens) -> bool:
        """Whether a key names this number with nothing left out but words at the front.

        Of what stands before the number's own words, groups that end with another number may be
        left out, each as a whole.
        """
        if len(key) <= len(self.words):
            return key == self.words[len(self.words) - len(key) :]
        if self.cell or (self.words and key[-len(self.words) :] != self.words):
            return False
        rest = key[: len(key) - len(self.words)]
        return _reaches(rest, self.groups, may_skip=bool(self.words))

    def answers_loosely(self, key: Tokens) -> bool:
        """Whether a key holds some of the words before the number, in order, the last of them too.

        A number in the key is taken with what stands before it: ``epoch 1`` is not found in
        ``epoch 50, lr 1``.
        """
        full = self.full
        if not self.words or not key or key[-1] != full[-1]:
            return False
        place = len(full) - 1
        for index in range(len(key) - 2, -1, -1):
            follows = _is_number(key[index + 1])
            earlier = range(place - 1, place - 2 if follows else -1, -1)
            found = next((i for i in earlier if i >= 0 and full[i] == key[index]), None)
            if found is None:
                return False
            place = found
        return True


def _reaches(rest: Tokens, groups: tuple[Tokens, ...], may_skip: bool) -> bool:
    """Whether the rest of a key names earlier groups, whole ones, the first from any word on."""
    if not groups:
        return False
    last = groups[-1]
    if len(rest) <= len(last):
        if rest == last[len(last) - len(rest) :]:
            return True
    elif rest[-len(last) :] == last and _reaches(rest[: -len(last)], groups[:-1], True):
        return True
    return may_skip and _reaches(rest, groups[:-1], True)


def _is_number(token: str) -> bool:
    return re.fullmatch(NUMBER, token) is not None


def _answering(key: Tokens, values: tuple[Value, ...]) -> list[Value]:
    """The numbers that a key names; where some answer better than others, those."""
    # A complete key cannot be made longer: it wins over longer ones that end like it.
    complete = [value for value in values if value.full == key]
    if len(complete) == 1:
        return complete
    return [value for value in values if value.answers(key)] or [
        value for value in values if value.answers_loosely(key)
    ]


def find_value(printed: str, key: str, script: str) -> Value:
    """The number that a key names in a printed text.

    Raises:
        BookError: none answers to the key, or more than one.
    """
    wanted = tokens(key)
    values = printed_values(printed)
    found = _answering(wanted, values) if wanted else []
    if len(found) == 1:
        return found[0]
    if not found:
        keys = [short_key(value, values) for value in values[:_SUGGESTED]]
        cure = meant(" ".join(wanted), keys, "keys are")
        raise BookError(f"{script} prints no number {quoted(key)}", cure=cure)
    lines = list(dict.fromkeys(value.line for value in found))
    keys = list(dict.fromkeys(short_key(value, values) for value in found[:4]))
    cure = f"say which, with words from further left: {', '.join(map(quoted, keys))}"
    if len(keys) < min(len(found), 4):
        cure = f"print it with more words before it, so that one line differs: {lines[0]!r}"
    raise BookError(f"{script} prints {len(found)} numbers {quoted(key)}", cure=cure)


def short_key(value: Value, values: tuple[Value, ...]) -> str:
    """The shortest good key that names this number alone, as far as there is one."""
    own = value.words
    candidates = [own]
    if own:
        candidates.extend(group[:-1] + own for group in value.groups[:1])
        candidates.extend(group + own for group in value.groups)
    for key in candidates:
        if key and _answering(key, values) == [value]:
            return " ".join(key)
    return " ".join(value.full)


def tokens(text: str) -> Tokens:
    """Words and numbers of a text; punctuation and spacing left out."""
    return tuple(token for token, _ in _tokens(text))


def _tokens(text: str) -> list[tuple[str, bool]]:
    """Each word and number, and whether it is a number."""
    found = []
    for match in _TOKEN.finditer(text):
        token = match[0] if match["number"] else match[0].strip(".!?")
        if any(sign.isalnum() for sign in token):
            found.append((token, match["number"] is not None))
    return found


@lru_cache(maxsize=256)
def printed_values(printed: str) -> tuple[Value, ...]:
    """Every number of a printed text, in order."""
    lines = printed.splitlines()
    found: list[Value] = []
    index = 0
    while index < len(lines):
        rows = _table(lines, index)
        if rows:
            header = _cells(lines[index])
            for row in rows:
                cells = _cells(lines[row])
                names = header if len(header) == len(cells) else ["", *header]
                found.extend(_row(lines[row].strip(), names, cells))
            index = rows[-1] + 1
        else:
            found.extend(_line(lines[index].strip()))
            index += 1
    return tuple(found)


def _line(line: str) -> list[Value]:
    found: list[Value] = []
    groups: list[Tokens] = []
    words: list[str] = []
    for token, is_number in _tokens(line):
        if is_number:
            found.append(Value(token, line, tuple(words), tuple(groups)))
            groups.append((*words, token))
            words = []
        else:
            words.append(token)
    return found


def _row(line: str, names: list[str], cells: list[str]) -> list[Value]:
    label = tokens(cells[0])
    return [
        Value(cell.removesuffix("%"), line, label + tokens(name), cell=True)
        for name, cell in zip(names[1:], cells[1:], strict=True)
        if _CELL.fullmatch(cell)
    ]


def _table(lines: list[str], index: int) -> list[int]:
    """The rows of the table whose header this line is; none if it is no header."""
    header = _cells(lines[index])
    if len(header) < 2 or any(_CELL.fullmatch(cell) for cell in header):
        return []
    widths = {len(header)}
    if lines[index].startswith("  "):
        widths.add(len(header) + 1)
    rows: list[int] = []
    for row in range(index + 1, len(lines)):
        if not rows and lines[row].strip() and _RULE.fullmatch(lines[row]):
            continue
        cells = _cells(lines[row])
        if len(cells) not in widths or not any(_CELL.fullmatch(cell) for cell in cells[1:]):
            break
        widths = {len(cells)}
        rows.append(row)
    return rows


def _cells(line: str) -> list[str]:
    return [cell for cell in _GAP.split(line.strip().strip("|│").strip()) if cell]
