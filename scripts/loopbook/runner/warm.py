"""Imported once by the fork server: everything that a script would otherwise wait for.

A process that is forked from here starts with torch and matplotlib imported, fonts found, and
the first optimizer step taken, which imports torch's compiler (some 800 modules). No thread is
started and no random number drawn.
"""

from __future__ import annotations

import gc

# What is imported stays: to look for garbage among it costs a fifth of the time. And what garbage
# there is stays too: in the holes that it would leave, every fork would have to copy pages.
gc.disable()

import matplotlib  # noqa: E402
import torch  # noqa: E402
import torch.utils.data  # noqa: E402
from matplotlib import pyplot  # noqa: E402

from loopbook.runner import child, ending, house  # noqa: E402


def _draw_once() -> None:
    house.apply_style()
    figure, axes = pyplot.subplots()
    axes.plot([0, 1], [1, 10], label=r"$\eta_1^2$")
    axes.set_yscale("log")
    axes.legend()
    house.to_svg(figure)
    pyplot.close("all")
    matplotlib.rcdefaults()


def _step_once() -> None:
    parameter = torch.nn.Parameter(torch.zeros(1))
    parameter.grad = torch.zeros(1)
    torch.optim.SGD([parameter], lr=0.1).step()


matplotlib.use("module://loopbook.runner.backend")
torch.set_num_threads(1)
_step_once()
_draw_once()
assert child  # imported for the processes to come
ending.keep_finalizers()
gc.freeze()
gc.collect()  # not garbage: the empty tuples and the like that each fork would give back at its end
gc.enable()
