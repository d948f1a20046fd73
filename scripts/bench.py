"""Time the runner against a bare fork loop and against plain python, in one run.

The work: scripts that each import torch and matplotlib, train for 0.25 s on one thread and show
two figures. Printed: seconds, and the two ratios that the runner is held to.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUNNER = HERE / "run_snippets.py"

SCRIPT = '''\
"""Train for a quarter of a second, then show two figures."""

import time

import matplotlib.pyplot as plt
import torch

torch.set_num_threads(1)
torch.manual_seed({seed})
X = torch.randn(256, 8)
y = X @ torch.arange(8.0).unsqueeze(1)
model = torch.nn.Linear(8, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
losses = []
end = time.process_time() + 0.25
while time.process_time() < end:
    loss = torch.nn.functional.mse_loss(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
print("trained: True")
for name in ("loss", "end"):
    plt.figure(name)
    plt.plot(losses[:500])
    plt.xlabel("step")
    plt.ylabel("loss")
plt.show()
'''

BARE_LOOP = '''\
"""Import once, then fork for each script, two at a time; keep the figures as SVG."""

import os
import runpy
import sys
from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
import torch

torch.set_num_threads(1)
parameter = torch.nn.Parameter(torch.zeros(1))
parameter.grad = torch.zeros(1)
torch.optim.SGD([parameter], lr=0.1).step()
folder, output = Path(sys.argv[1]), Path(sys.argv[2])


def child(script):
    def show():
        for number in plt.get_fignums():
            plt.figure(number).savefig(output / f"{script.stem}-{number}.svg")
        plt.close("all")

    plt.show = show
    sys.stdout = open(output / f"{script.stem}.txt", "w")
    runpy.run_path(str(script), run_name="__main__")
    sys.stdout.flush()


running = set()
for script in sorted(folder.glob("*.py")):
    if len(running) == int(sys.argv[3]):
        running.remove(os.wait()[0])
    pid = os.fork()
    if pid == 0:
        child(script)
        os._exit(0)
    running.add(pid)
while running:
    running.remove(os.wait()[0])
'''


def main() -> int:
    """Run the benchmark; the status says whether the limits were kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scripts", type=int, default=40)
    parser.add_argument("--slots", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, default=3, help="of the two that are compared")
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        return measure(Path(place), wishes.scripts, wishes.slots, wishes.rounds)


def measure(place: Path, scripts: int, slots: int, rounds: int) -> int:
    """All timings, in turn so that a slow minute of the machine meets both sides."""
    folder = place / "scripts"
    folder.mkdir()
    for number in range(scripts):
        (folder / f"s{number:03}.py").write_text(SCRIPT.format(seed=number))
    bare_loop = place / "bare_loop.py"
    bare_loop.write_text(BARE_LOOP)

    def bare() -> float:
        shutil.rmtree(place / "bare", ignore_errors=True)
        (place / "bare").mkdir()
        return seconds(
            [sys.executable, str(bare_loop), str(folder), str(place / "bare"), str(slots)]
        )

    def ours(fresh: bool = False) -> float:
        if fresh:
            shutil.rmtree(place / "ours", ignore_errors=True)
        command = [sys.executable, str(RUNNER), str(folder), "--output", str(place / "ours")]
        return seconds([*command, "--jobs", str(slots), "--json", str(place / "summary.json")])

    pairs = [(ours(fresh=True), bare()) for _ in range(rounds)]
    cold, bare_seconds = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    nothing = min(ours() for _ in range(5))
    check(place, ran=0)
    first = folder / "s000.py"
    first.write_text("# a comment\n" + first.read_text())
    comment = min(ours() for _ in range(5))
    check(place, ran=0)
    first.write_text(first.read_text() + 'print("one more line")\n')
    one = ours()
    check(place, ran=1)
    one_by_one = sum(
        seconds([sys.executable, str(script)], MPLBACKEND="agg") for script in folder.glob("*.py")
    )
    print(f"{scripts} scripts, {slots} slots, best of {rounds}")
    for name, value in {
        "cold": cold,
        "bare fork loop": bare_seconds,
        "python, one by one": one_by_one,
        "nothing stale": nothing,
        "a comment changed": comment,
        "one script changed": one,
    }.items():
        print(f"  {name:20} {value:8.2f} s")
    limits = {
        "cold / bare fork loop": (cold / bare_seconds, "<=", 1.15),
        "python one by one / cold": (one_by_one / cold, ">=", 10.0),
        "nothing stale, seconds": (nothing, "<=", 0.4),
        "a comment changed, seconds": (comment, "<=", 0.4),
    }
    kept = True
    for name, (value, relation, limit) in limits.items():
        good = value <= limit if relation == "<=" else value >= limit
        kept = kept and good
        print(f"  {name:28} {value:6.2f}   ({relation} {limit}) {'kept' if good else 'MISSED'}")
    return 0 if kept else 1


def seconds(command: list[str], **environment: str) -> float:
    """Wall-clock seconds of a whole process that must succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=os.environ | environment)
    return time.perf_counter() - start


def check(place: Path, ran: int) -> None:
    """The last run of ours must have run so many scripts, and no more."""
    summary = json.loads((place / "summary.json").read_text())
    found = sum(script["ran"] for script in summary["scripts"])
    if found != ran:
        raise SystemExit(f"expected {ran} scripts to be run, found {found}")


if __name__ == "__main__":
    sys.exit(main())
