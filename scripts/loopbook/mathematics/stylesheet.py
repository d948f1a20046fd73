"""The part of MathJax's style sheet that a site's pages use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from loopbook.mathematics.formula import Rule
from loopbook.mathematics.signs import signs_on

TAG = re.compile(r"<(mjx-[\w-]+)([^<>]*)>")
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
NOT = re.compile(r":not\([^)]*\)")
CONDITION = re.compile(r'\[([\w-]+)(?:="([^"]*)")?\]')
FAMILY = re.compile(r"font-family: ([^;]*)")
CHARACTER = "mjx-c.mjx-c"


@dataclass(frozen=True)
class Element:
    """What a selector can see of an element."""

    name: str
    classes: frozenset[str]
    attributes: frozenset[tuple[str, str | None]]

    @classmethod
    def from_tag(cls, name: str, attributes: str) -> Element:
        """Read the inside of an opening tag."""
        values = dict(ATTRIBUTE.findall(attributes))
        classes = frozenset(values.pop("class", "").split())
        values.pop("style", None)
        named: set[tuple[str, str | None]] = set(values.items())
        named |= {(name, None) for name in values}
        return cls(name.lower(), classes, frozenset(named))


class Elements:
    """All elements of formulas on the pages of a site, each kind once."""

    def __init__(self) -> None:
        self._tags: set[tuple[str, str]] = set()

    def read(self, html: str) -> None:
        """Add the elements of a page."""
        self._tags.update(TAG.findall(html))

    def add(self, others: Elements) -> None:
        """Add those of another page."""
        self._tags |= others._tags

    @property
    def signs(self) -> frozenset[str]:
        """The signs that the elements need the rules of."""
        return signs_on("".join(f"<{name}{attributes}>" for name, attributes in self._tags))

    @cached_property
    def _all(self) -> frozenset[Element]:
        return frozenset(Element.from_tag(*tag) for tag in self._tags)

    def use(self, rule: Rule) -> bool:
        """Whether a rule may apply to one of the elements.

        A character's rule has to fit exactly: it is there only if the same character of the same
        font was typeset, so that what is used does not depend on what else is stored.
        """
        if rule.selector.startswith("@"):
            return False
        if rule.selector.startswith(CHARACTER):
            plain = CONDITION.sub("", NOT.sub("", rule.selector))
            _, *classes = plain.split(".")
            return any(e.classes == frozenset(classes) for e in self._all if e.name == "mjx-c")
        return any(
            all(self._matches(part) for part in re.split(r"[\s>]+", selector))
            for selector in rule.selector.split(", ")
        )

    def _matches(self, part: str) -> bool:
        """Whether an element fits one part of a selector; states such as `:first-child` aside."""
        part = re.sub(r"::?[\w-]+", "", NOT.sub("", part))
        conditions = {(name, value or None) for name, value in CONDITION.findall(part)}
        name, *classes = CONDITION.sub("", part).split(".")
        return any(
            name.lower() in ("", "*", element.name)
            and element.classes.issuperset(classes)
            and element.attributes.issuperset(conditions)
            for element in self._all
        )


@dataclass(frozen=True)
class StyleSheet:
    """The rules in use, fonts first."""

    rules: tuple[Rule, ...]

    @classmethod
    def for_elements(cls, elements: Elements, rules: Iterable[Rule]) -> StyleSheet:
        """Choose from all rules those that the elements use, and the fonts that they name."""
        rules = list(rules)
        used = [rule for rule in rules if elements.use(rule)]
        families = {
            family.removesuffix("!important").strip()
            for rule in used
            for value in FAMILY.findall(rule.body)
            for family in value.split(",")
        }
        faces = sorted(
            Rule(rule.rank, "@font-face", f"{rule.body} font-display: block;")
            for rule in rules
            if rule.selector.startswith("@font-face")
            and not families.isdisjoint(FAMILY.findall(rule.body))
        )
        return cls((*faces, *used))

    def __str__(self) -> str:
        return "".join(f"{rule}\n" for rule in self.rules)
