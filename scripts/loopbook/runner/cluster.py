"""A Dask cluster: found, looked at, and let go of."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import distributed
from distributed.comm.addressing import parse_address, unparse_address
from distributed.core import rpc
from distributed.security import Security

from loopbook.awaited import awaited
from loopbook.errors import BookError
from loopbook.runner import remote
from loopbook.runner.dispatcher import Dispatcher

#: Seconds: to find a scheduler with a worker, to hear from every worker.
CONNECT, ANSWER = 5.0, 30.0


@contextmanager
def cluster(address: str, root: Path, folder: Path) -> Iterator[Dispatcher]:
    """A cluster whose every worker has the files below the folder, and our versions.

    Args:
        address: of the scheduler, such as ``tcp://10.0.0.1:8786``.
        root: files below it count as dependencies; the workers' copies are at the same place, or
            where their ``LOOPBOOK_ROOT`` says.
        folder: the scripts, below the root.

    Raises:
        BookError: there is no such cluster, it has no worker, or some worker differs from us.
    """
    root, folder = root.resolve(), folder.resolve()
    with _quiet(), _client(address) as client:
        _inspect(client, address, root, folder)
        made = Dispatcher(client, address)
        try:
            yield made
        finally:
            made.shutdown(wait=False, cancel_futures=True)


def _inspect(client: distributed.Client, address: str, root: Path, folder: Path) -> None:
    wanted, files = remote.equipment(), remote.manifest(root, folder)
    try:
        client.wait_for_workers(1, timeout=CONNECT)
    except TimeoutError as error:
        cure = f"start one: dask worker {address} --nthreads 2"
        raise BookError(f"the cluster at {address} has no worker", cure=cure) from error
    try:
        answers: dict[str, list[str] | Exception] = client.sync(
            client._run,
            remote.complaints,
            str(root),
            wanted,
            files,
            on_error="return",
            callback_timeout=ANSWER,
        )
    except TimeoutError as error:
        names = ", ".join(sorted(client.scheduler_info()["workers"]))
        message = f"a worker of the cluster does not answer within {ANSWER:.0f} s, one of {names}"
        raise BookError(message, cure="end that worker") from error
    said = [_objection(worker, answer) for worker, answer in sorted(answers.items()) if answer]
    if said:
        raise BookError("\n".join(said), cure=remote.CURE)


def _objection(worker: str, answer: list[str] | Exception) -> str:
    if isinstance(answer, Exception):
        return f"the worker {worker} cannot take part: {type(answer).__name__}: {answer}"
    return f"the worker {worker} {'; '.join(answer)}"


@contextmanager
def _client(address: str) -> Iterator[distributed.Client]:
    cure = "name the address that 'dask scheduler' prints, such as tcp://10.0.0.1:8786"
    try:
        kind = awaited(lambda: _kind(address))
    except Exception as error:  # another program that listens there may answer anything
        raise BookError(f"no Dask scheduler answers at {address!r}", cure=cure) from error
    if kind != "Scheduler":
        raise BookError(f"at {address} is a Dask {kind}, and no scheduler", cure=cure)
    client = distributed.Client(address, timeout=CONNECT, set_as_default=False)
    try:
        yield client
    finally:
        client.close(timeout=CONNECT)


async def _kind(address: str) -> str:
    """Ask whoever listens there what it is, before a client holds on to it."""
    arguments = Security().get_connection_args("client")
    where = unparse_address(*parse_address(address))
    async with asyncio.timeout(CONNECT), rpc(where, connection_args=arguments) as there:
        return str((await there.identity())["type"])


@contextmanager
def _quiet() -> Iterator[None]:
    """What Dask logs of lost connections, we say in our own words."""
    handlers = logging.getLogger("distributed").handlers
    before = [handler.level for handler in handlers]
    for handler in handlers:
        handler.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for handler, level in zip(handlers, before, strict=True):
            handler.setLevel(level)
