"""The two editions, made once from the built site."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from loopbook.editions.offline import build_offline, pack
from loopbook.editions.pdf import write_pdf

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The offline edition, unpacked into a folder whose name is not plain."""
    folder = tmp_path_factory.mktemp("offline")
    build_offline(ROOT, folder / "site")
    pack(folder / "site", folder / "book.zip")
    shutil.rmtree(folder / "site")
    target = folder / "My books, é & 100%"
    with zipfile.ZipFile(folder / "book.zip") as archive:
        archive.extractall(target)
    (inner,) = target.iterdir()
    return inner


@pytest.fixture(scope="session")
def pdf(site: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole book as a PDF."""
    target = tmp_path_factory.mktemp("pdf") / "book.pdf"
    write_pdf(browser, site, target)
    return target
