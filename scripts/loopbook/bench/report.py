"""The table of a benchmark, and the limits that it is held to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loopbook.bench.contest import Result
from loopbook.bench.cost import Cost


@dataclass(frozen=True)
class Limit:
    """One promise, and what was found.

    Attributes:
        name: what is measured.
        found: the number.
        most: the promise; where ``least`` is set, the number must not be below it.
        least: whether more is better.
    """

    name: str
    found: float
    most: float
    least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the promise is kept."""
        return self.found >= self.most if self.least else self.found <= self.most

    def __str__(self) -> str:
        relation, verdict = ">=" if self.least else "<=", "kept" if self.kept else "MISSED"
        return f"{self.name:58} {self.found:8.3f}  ({relation} {self.most:g}) {verdict}"


def table(results: Sequence[Result], plain: Cost, sample: int) -> Iterator[str]:
    """Seconds of every case, and their ratios to the bare loop and to plain python."""
    yield (
        f"{'scripts':>7}  {'case':24} {'seconds':>8} {'/ bare':>7} {'/ python':>8}"
        f" {'processor':>10} {'others':>7} {'runner':>8} {'server':>8}"
    )
    for result in results:
        python = _scaled(plain, result.scripts / sample)
        rows = {**result.cases, "bare fork loop": result.bare, "python, one by one *": python}
        for case, cost in rows.items():
            memory = f" {cost.memory:5.1f} MB" if cost.memory else " " * 9
            server = f" {cost.server:5.0f} MB" if cost.server else ""
            yield (
                f"{result.scripts:7}  {case:24} {cost.seconds:8.2f}"
                f" {cost.seconds / result.bare.seconds:7.3f}"
                f" {cost.seconds / python.seconds:8.4f} {cost.processor:8.2f} s"
                f" {cost.others:6.0%} {memory}{server}"
            )
        yield f"         records: {result.store / result.scripts / 1024:.0f} KB a script"
        yield (
            "         bare fork loop, a script of its first and of its last quarter: "
            f"{result.first[0]:.3f} and {result.last[0]:.3f} s of a processor, "
            f"{result.first[1]:,.0f} and {result.last[1]:,.0f} page faults"
        )
    yield f"* {sample} scripts were run so, and their seconds scaled."
    yield "others: the share of all processors that other work had, or the host, meanwhile."
    yield from _slopes(results)


def limits(results: Sequence[Result], plain: Cost, sample: int) -> list[Limit]:
    """The promises that can be judged by these results."""
    found: list[Limit] = []
    by_size = {result.scripts: result for result in results}
    if forty := by_size.get(40):
        ratio = forty.cold.seconds / forty.bare.seconds
        python = _scaled(plain, 40 / sample).seconds / forty.cold.seconds
        found.append(Limit("cold / bare fork loop, 40 scripts", ratio, 1.0))
        found.append(Limit("python one by one / cold, 40 scripts", python, 10.0, least=True))
    if hundreds := by_size.get(160):
        for case in ("nothing stale", "a comment changed"):
            seconds = hundreds.cases[case].seconds
            found.append(Limit(f"{case}, seconds, 160 scripts", seconds, 0.3))
    if len(results) > 1:
        first, last = results[0], results[-1]
        more = last.scripts - first.scripts
        growth = 1000 * (_idle(last).seconds - _idle(first).seconds) / more
        found.append(Limit("nothing stale, milliseconds a further script", growth, 0.5))
        memory = last.cold.memory - first.cold.memory
        name = f"runner's memory, {last.scripts} scripts less {first.scripts}, MB"
        found.append(Limit(name, memory, 4.0))
        name = f"fork server's memory, {last.scripts} scripts less {first.scripts}, MB"
        found.append(Limit(name, last.cold.server - first.cold.server, 4.0))
    if len(results) > 2:
        early, late = (_slope(results[-3:][n : n + 2], bare=False)[1] for n in (0, 1))
        found.append(Limit("processor s of a further script, late / early", late / early, 1.1))
    return found


def _idle(result: Result) -> Cost:
    return result.cases["nothing stale"]


def _slopes(results: Sequence[Result]) -> Iterator[str]:
    for pair in pairwise(results):
        ours, bare = (_slope(pair, bare=bare) for bare in (False, True))
        yield (
            f"a further script, {pair[0].scripts} to {pair[1].scripts}: cold {ours[0]:.3f} s "
            f"({ours[1]:.3f} s of a processor), bare fork loop {bare[0]:.3f} s ({bare[1]:.3f} s)"
        )


def _slope(pair: Sequence[Result], *, bare: bool) -> tuple[float, float]:
    """Seconds and processor seconds that a further script takes."""
    few, many = pair
    more = many.scripts - few.scripts
    start, end = (few.bare, many.bare) if bare else (few.cold, many.cold)
    return (end.seconds - start.seconds) / more, (end.processor - start.processor) / more


def _scaled(cost: Cost, times: float) -> Cost:
    return Cost(cost.seconds * times, cost.processor * times, cost.others)
