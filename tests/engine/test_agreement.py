"""How far the CPU and another device are apart; the CPU stands in for that, and is nudged."""

from __future__ import annotations

from pathlib import Path

import pytest

from loopbook.devices.agreement import Run, agreement
from loopbook.devices.comparison import compare, table
from loopbook.errors import BookError


def test_the_largest_difference_of_printed_numbers_is_found(
    device_book: Path, gpu: None, stand_in
) -> None:
    nudged = stand_in(lambda text: text.replace("2.0000", "2.0004"))
    (found,) = compare(device_book, executor=nudged).values()
    assert not isinstance(found, BookError)
    assert found.numbers == 2 and found.beyond == 0 and found.words == 0
    assert found.absolute == pytest.approx(4e-4) and found.relative == pytest.approx(2e-4)
    assert "one/asks.py  2        0.0004" in table(compare(device_book, executor=nudged))


def test_numbers_beyond_the_snippets_own_tolerance_are_counted(
    device_book: Path, gpu: None, stand_in
) -> None:
    nudged = stand_in(lambda text: text.replace("0.5000", "0.5100"))
    (found,) = compare(device_book, executor=nudged).values()
    assert not isinstance(found, BookError) and found.beyond == 1
    script = device_book / "snippets/one/asks.py"
    script.write_text(f"# run: tolerance 5e-2 1e-5\n{script.read_text()}")
    (found,) = compare(device_book, executor=nudged).values()
    assert not isinstance(found, BookError) and found.beyond == 0


def test_other_words_and_figures_are_counted() -> None:
    cpu = Run("on cpu\nloss 1.0\nend\n", (("a", "<svg/>"), ("b", "<svg/>")))
    cuda = Run("on cuda\nloss 1.5\nend\n", (("a", "<svg/>"), ("b", "<svg />"), ("c", "")))
    found = agreement(cpu, cuda, 1e-3, 1e-5)
    assert (found.numbers, found.absolute, found.words) == (1, 0.5, 2)
    assert (found.figures, found.changed) == (3, 2)


def test_what_is_no_number_agrees_with_its_like_alone() -> None:
    same = agreement(Run("nan inf"), Run("nan inf"), 1e-3, 1e-5)
    assert (same.numbers, same.absolute, same.beyond) == (2, 0.0, 0)
    other = agreement(Run("nan 1"), Run("1 inf"), 1e-3, 1e-5)
    assert other.absolute == float("inf") and other.beyond == 2


def test_a_run_that_fails_has_no_agreement(device_book: Path, gpu: None, stand_in) -> None:
    script = device_book / "snippets/one/asks.py"
    script.write_text(f"{script.read_text()}\n1 / 0\n")
    found = compare(device_book, executor=stand_in())
    failed = found["one/asks.py"]
    assert isinstance(failed, BookError) and failed.line == 7
    assert "one/asks.py  failed" in table(found)
