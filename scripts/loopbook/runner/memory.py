"""Memory that a library forgets to fill holds zeros, and not what was there by chance.

torch's least squares, for one, reads an array that nobody has filled, and its last digits then
differ from run to run (pytorch/pytorch#187411). The C library of Linux can fill all memory that it
hands out; where there is another, nothing is done.
"""

from __future__ import annotations

import ctypes
import sys

# glibc fills with the complement of this byte: zeros. What is freed is filled with the byte.
_BYTE = 255
_M_PERTURB = -6

#: The same for a process that is still to be started.
VARIABLES = {"MALLOC_PERTURB_": str(_BYTE)}


def fill_fresh() -> None:
    """From now on have this process find zeros in memory that it is handed out."""
    if sys.platform == "linux":
        set_option = getattr(ctypes.CDLL(None), "mallopt", None)
        if set_option is not None:  # else a system with another C library
            set_option(_M_PERTURB, _BYTE)
