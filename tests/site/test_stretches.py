"""What stands between two headings is one element, from where a page gets long."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import markdown
import pytest

from loopbook.site.stretches import (
    AT_MOST,
    AT_ONCE,
    EXERCISE,
    LEADING,
    LINE,
    RUN,
    SMALL,
    height,
)

SHORT = "# Title\n\n" + "\n\n".join(["Some words."] * (AT_ONCE - 1))


def page(text: str) -> list[tuple[str, str | None, list[str]]]:
    """Tag, style and children of each element of a page."""
    html = markdown.markdown(text, extensions=["loopbook.site.stretches"])
    root = fromstring(f"<article>{html}</article>")
    return [(e.tag, e.get("style"), [child.tag for child in e]) for e in root]


def test_what_the_first_screen_may_show_stands_on_its_own() -> None:
    assert [tag for tag, _, _ in page(SHORT)] == ["h1"] + ["p"] * (AT_ONCE - 1)


def test_what_follows_is_gathered_between_headings() -> None:
    later = "\n\nWords.\n\n- item\n\n## Two\n\n### Three\n\nWords.\n\n#### Four\n\nWords.\n\nMore."
    found = page(SHORT + later)[AT_ONCE:]
    assert [(tag, children) for tag, _, children in found] == [
        ("div", ["p", "ul"]),
        ("h2", []),
        ("h3", []),
        ("div", ["p"]),
        ("h4", []),
        ("div", ["p", "p"]),
    ]
    sizes = [style for tag, style, _ in found if tag == "div"]
    assert sizes == [f"contain-intrinsic-block-size: auto {n * SMALL}em" for n in (2, 1, 2)]


def test_no_element_is_lost_or_changes_places_and_no_stretch_gets_too_high() -> None:
    words = [f"Paragraph {i}." for i in range(4 * AT_MOST)]
    html = markdown.markdown("\n\n".join(words), extensions=["loopbook.site.stretches"])
    root = fromstring(f"<article>{html}</article>")
    assert [element.text for element in root.iter("p")] == words
    sizes = [len(stretch) for stretch in root.iter("div")]
    assert set(sizes) == {AT_MOST // SMALL} and sum(sizes) == len(words) - AT_ONCE


def test_what_is_higher_than_a_stretch_may_be_stands_alone() -> None:
    later = "\n\n".join(["Word. " * 500, "Short.", "Short."])
    gathered = [children for tag, _, children in page(f"{SHORT}\n\n{later}") if tag == "div"]
    assert gathered == [["p"], ["p", "p"]]


@pytest.mark.parametrize(
    ("html", "guess"),
    [
        ('<div class="run listing"><p>One</p></div>', RUN),
        ('<section class="exercise"><p>One</p></section>', EXERCISE),
        ("<p>One</p>", SMALL),
        (f"<p>{'a' * 10 * LINE}</p>", 10 * LEADING),
        (f"<ul><li>{'a' * 5 * LINE}</li><li>{'a' * 5 * LINE}</li></ul>", 10 * LEADING),
        (f"<details><p>{'a' * 10 * LINE}</p></details>", SMALL),
    ],
)
def test_heights_are_guessed_by_what_an_element_is(html: str, guess: float) -> None:
    assert height(fromstring(html)) == pytest.approx(guess)
