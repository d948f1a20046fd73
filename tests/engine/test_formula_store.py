"""Several builds at once mend a damaged store of formulas, and none of them hears of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from loopbook.mathematics.formula import Formula, Rule, Typeset
from loopbook.mathematics.store import Store

BUILDS, ROUNDS = 4, 4
MADE = Typeset("<mjx-math></mjx-math>", "<math/>", 1.0)
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "its head": lambda data: b"x" * 100 + data[100:],
    "its pages": lambda data: data[: len(data) // 2] + bytes(len(data) - len(data) // 2),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_builds_at_once_begin_a_damaged_store_anew(tmp_path: Path, damage: str) -> None:
    stores = []
    for number in range(ROUNDS):
        store = Store(tmp_path / str(number), {})
        store.add({}, [Rule(1, "mjx-old", "a: b;")])
        store.file.write_bytes(DAMAGE[damage](store.file.read_bytes()))
        stores.append(store)
    together, failed = threading.Barrier(BUILDS), []

    def build(me: int) -> None:
        for number, store in enumerate(stores):
            together.wait()
            try:
                for formula in (Formula(f"x_{me}^{k}", False) for k in range(4)):
                    store.find([formula])
                    store.add({formula: MADE}, [Rule(1, f"mjx-{me}", "a: b;")])
                assert f"mjx-{me}" in {rule.selector for rule in store.rules()}
            except Exception as error:
                failed.append((number, me, str(error)))

    builds = [threading.Thread(target=build, args=(me,)) for me in range(BUILDS)]
    for one in builds:
        one.start()
    for one in builds:
        one.join()
    assert failed == []
