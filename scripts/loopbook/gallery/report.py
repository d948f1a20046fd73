"""A gallery's trial in words: counts, causes, times."""

from __future__ import annotations

from collections import Counter

from loopbook.gallery.trial import Trial


def report(trial: Trial) -> str:
    """The table that the command prints."""
    pairs = trial.pairs.values()
    ok = sum(1 for pair in pairs if not pair.record.problem)
    figures = sum(len(pair.record.figures) for pair in pairs)
    failed = {name: pair for name, pair in trial.pairs.items() if pair.record.problem}
    reasons = Counter(pair.theirs for pair in failed.values() if pair.theirs)
    alone = sum(1 for pair in pairs if pair.theirs and not pair.record.problem)
    counted = [pair for pair in pairs if pair.plain and pair.plain.figures is not None]
    rows = [
        ("scripts", f"{len(trial.pairs)}"),
        ("succeed", f"{ok}, with {figures} figures"),
        ("fail in plain Python, too", f"{sum(reasons.values())}"),
        *((f"  for want of {reason}", f"{count}") for reason, count in reasons.most_common()),
        ("fail because of the runner", f"{len(trial.faults)}"),
        ("run where plain Python cannot", f"{alone}"),
        ("figures counted in both runs", f"of {len(counted)} scripts"),
        *_times(trial),
    ]
    width = max(len(name) for name, _ in rows)
    lines = [f"{name:{width}}  {value}" for name, value in rows]
    lines += ["", "Each that fails, or that plain Python alone cannot run:"]
    lines += [
        f"  {name}: {pair.theirs}{'' if pair.record.problem else ' (plain Python alone)'}: "
        f"{pair.plain.problem[:110]}"
        for name, pair in trial.pairs.items()
        if pair.plain and pair.plain.problem
    ]
    lines += [f"  {name}: THE RUNNER: {words}" for name, words in trial.faults.items()]
    return "\n".join(lines)


def _times(trial: Trial) -> list[tuple[str, str]]:
    """Seconds of both, where plain Python ran everything."""
    rows = [("runner", f"{trial.runner:.0f} s")]
    if trial.plain is not None:
        ratio = trial.plain / trial.runner
        rows += [("plain Python, one by one", f"{trial.plain:.0f} s, {ratio:.1f} × the runner's")]
    return rows
