"""A Node process that answers one line of JSON per line of JSON, in order."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from loopbook.errors import BookError
from loopbook.node.packages import Packages, node

SECONDS = 60.0


class Process:
    """One Node process, started at once and ended by `close` or with this process.

    Args:
        name: what errors call it, such as "MathJax".
        script: the module to run; its first argument is the folder of the packages.
        packages: what the module imports.
        arguments: further arguments.
        seconds: how long to wait for an answer.
    """

    def __init__(
        self,
        name: str,
        script: Path,
        packages: Packages,
        arguments: Sequence[str] = (),
        *,
        seconds: float = SECONDS,
    ) -> None:
        self._name = name
        self._script = script
        self._seconds = seconds
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `close`)
        self._process = subprocess.Popen(
            [str(node()), str(script), str(packages.whole_modules()), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            encoding="utf-8",
        )
        # A thread reads, so that neither side ever waits for the other to empty a full pipe.
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def ask(self, requests: Sequence[object]) -> Iterator[dict[str, Any]]:
        """Send requests, and yield the answer to each, in order.

        Raises:
            BookError: the process ended or gave no answer.
        """
        assert self._process.stdin is not None
        try:
            for request in requests:
                self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except OSError as error:
            raise self._broken("ended while something was sent to it") from error
        for _ in requests:
            yield self.answer()

    def answer(self) -> dict[str, Any]:
        """The next line that the process writes.

        Raises:
            BookError: it ended or gave no answer.
        """
        try:
            line = self._answers.get(timeout=self._seconds)
        except queue.Empty:
            raise self._broken(f"gave no answer for {self._seconds:g} seconds") from None
        if not line:
            raise self._broken("ended before it had answered")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """End the process; harmless if it has ended."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.kill()
        self._process.wait()
        self._reader.join()
        with contextlib.suppress(OSError):  # there may be something left to send, to nobody
            self._process.stdin.close()
        self._process.stdout.close()
        self._errors.close()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether it runs no more."""
        return self._process.poll() is not None

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put("")

    def _broken(self, what: str) -> BookError:
        self._process.kill()
        self._process.wait()
        self._errors.seek(0)
        words = self._errors.read().decode("utf-8", "replace").strip()
        self.close()
        return BookError(
            f"{self._name}'s process {what}.\n{words}".strip(),
            file=self._script,
            cure=f"Build again; if it stays, delete .build/node so that {self._name} is installed "
            "anew.",
        )
