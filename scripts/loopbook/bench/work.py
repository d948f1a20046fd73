"""The scripts that a benchmark runs, and the barest loop that runs them."""

from __future__ import annotations

from pathlib import Path

SHARED = "rate.py"
#: Every so many scripts, one imports the shared module.
SHARE = 10

SCRIPT = '''\
"""Train for a quarter of a second, then show two figures."""

import time

import matplotlib.pyplot as plt
import torch
{rate}

torch.set_num_threads(1)
torch.manual_seed({seed})
X = torch.randn(256, 8)
y = X @ torch.arange(8.0).unsqueeze(1)
model = torch.nn.Linear(8, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
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
"""Import once, then fork for each script, so many at a time; keep the figures as SVG."""

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
sys.path.insert(0, str(folder))
used = []


def child(script):
    def show():
        for number in plt.get_fignums():
            plt.figure(number).savefig(output / f"{script.stem}-{number}.svg")
        plt.close("all")

    plt.show = show
    sys.stdout = open(output / f"{script.stem}.txt", "w")
    runpy.run_path(str(script), run_name="__main__")
    sys.stdout.flush()


def wait():
    pid, _, usage = os.wait4(-1, 0)
    used.append(f"{running.pop(pid)} {usage.ru_utime + usage.ru_stime} {usage.ru_minflt}")


running = {}
for script in sorted(folder.glob("*.py")):
    if len(running) == int(sys.argv[3]):
        wait()
    pid = os.fork()
    if pid == 0:
        child(script)
        os._exit(0)
    running[pid] = script.name
while running:
    wait()
(output / "used").write_text("\\n".join(used))
'''


def write_scripts(folder: Path, count: int) -> None:
    """Scripts that train, but for one: a module that every tenth of them imports."""
    folder.mkdir(parents=True)
    (folder / SHARED).write_text("RATE = 0.01\n")
    for number in range(count - 1):
        rate = "from rate import RATE" if number % SHARE == 0 else "\nRATE = 0.01"
        text = SCRIPT.format(seed=number, rate=rate)
        (folder / f"s{number:04}.py").write_text(text)


def importers(count: int) -> int:
    """How many runs a change of the shared module asks for, its own among them."""
    return 1 + len(range(0, count - 1, SHARE))
