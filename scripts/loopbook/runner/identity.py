"""Who a script's process is to ``multiprocessing``: the main one, as under ``python`` alone.

To the runner it is one of many, and would be called by how many there were before it; its own
workers would be called after it.
"""

from __future__ import annotations

import itertools
import multiprocessing
from typing import Any

# Where this module is imported, in the fork server or a new interpreter, none has begun yet.
_MAIN: Any = type(multiprocessing.current_process())


def be_the_main_process() -> None:
    """From now on nobody has started this process, and the next that it starts is its first.

    Its sockets stay where there is room for their paths.
    """
    process: Any = multiprocessing.process
    main = _MAIN()
    if place := process._current_process._config.get("tempdir"):
        main._config["tempdir"] = place
    process._current_process, process._parent_process = main, None
    process._process_counter, process._children = itertools.count(1), set()
    multiprocessing.set_start_method(None, force=True)  # the platform's own, for its workers
