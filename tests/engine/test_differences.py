"""A difference between two folders is named by its file and its first place."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopbook.reproduce.differences import _first, differences


def zipped(**files: str) -> bytes:
    """A zip of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return made.getvalue()


OTHERS = gzip.compress(b"x", mtime=1), gzip.compress(b"y", mtime=1)
PACKED = gzip.compress(b"same", 1, mtime=1), gzip.compress(b"same", 1, mtime=2)


@pytest.mark.parametrize(
    ("one", "other", "place"),
    [
        (b"a\nb\nc\n", b"a\nbx\nc\n", r"line 2, column 2: 'a\nb\nc\n' ≠ 'a\nbx\nc\n'"),
        ("ä = η".encode(), "ä = θ".encode(), "line 1, column 5: 'ä = η' ≠ 'ä = θ'"),
        (b"a\n", b"a\nb\n", r"line 2, column 1: 'a\n' ≠ 'a\nb\n'"),
        (b"", b"b", "line 1, column 1: the end ≠ 'b'"),
        (b"\x89PNG\xff\x00\x01", b"\x89PNG\xff\x00\x02", "byte 6: 01 ≠ 02"),
        (zipped(a="1", b="2"), zipped(a="1", b="3"), "in it, b: line 1, column 1: '2' ≠ '3'"),
        (zipped(a="1"), zipped(a="1", b="3"), "in it, b: is in the second only"),
        (*OTHERS, "in it, the text: line 1, column 1: 'x' ≠ 'y'"),
        (*PACKED, "packed differently, the same inside"),
    ],
)
def test_the_first_place_that_differs_is_named(
    tmp_path: Path, one: bytes, other: bytes, place: str
) -> None:
    for name, data in (("one", one), ("other", other)):
        (tmp_path / name / "deep").mkdir(parents=True)
        (tmp_path / name / "deep" / "file").write_bytes(data)
        (tmp_path / name / "same").write_bytes(b"same")
    found = differences(tmp_path / "one", tmp_path / "other")
    assert [str(difference) for difference in found] == [f"deep/file: {place}"]


def test_a_file_of_one_folder_alone_is_named(tmp_path: Path) -> None:
    for name, file in (("one", "a"), ("other", "b")):
        (tmp_path / name).mkdir()
        (tmp_path / name / file).touch()
    found = [str(difference) for difference in differences(tmp_path / "one", tmp_path / "other")]
    assert found == ["a: is in the first only", "b: is in the second only"]


@given(st.text(), st.text(), st.text())
def test_the_first_place_is_found_wherever_it_is(start: str, one: str, other: str) -> None:
    whole, rest = start + one, start + other
    place = _first(whole, rest)
    assert whole[:place] == rest[:place]
    assert place == min(len(whole), len(rest)) or whole[place] != rest[place]
