"""A script's output on the CPU, and beside it its recorded run on a GPU."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

from markdown import Markdown
from markdown.util import AtomicString

from loopbook.blocks.argument import script_alone
from loopbook.blocks.chapter import Block
from loopbook.blocks.elements import SCRIPT, printed_text
from loopbook.blocks.nearest import quoted
from loopbook.blocks.pieces import Devices
from loopbook.blocks.printed import Printed, cut
from loopbook.blocks.room import Room
from loopbook.devices.recording import Recording, read_recording
from loopbook.errors import BookError
from loopbook.runner.script import read_script

#: What stands in the place of a recorded run that was never made.
NONE_YET = "No GPU run has been recorded."
#: What stands below one that was made with an earlier version of the script.
STALE = "Recorded with an earlier version of this script: it may print something else now."

_FOLDER = re.compile(r"\w[\w-]*(?:/\w[\w-]*)*")
_PACKAGES = {"python": "Python", "torch": "torch", "numpy": "NumPy", "matplotlib": "matplotlib"}


def devices_of(block: Block, page: Room) -> Devices:
    """What a script prints on the CPU and printed on a GPU, as far as that is known.

    Args:
        block: names the script, and in its options a folder, and words that begin the first and
            the last line to show.
        page: the folder of the block's page, which is meant if it names none.

    Raises:
        BookError: there is no such script or line, or it takes no other device than the CPU.
    """
    script = script_alone(block, "a devices block")
    folder = block.option("folder") or page.folder
    if not _FOLDER.fullmatch(folder):
        message = f"{quoted(folder)} is no folder below snippets"
        raise BookError(message, line=block.line_of("folder"))
    room, first, last = Room(page.book, folder), block.option("from"), block.option("to")
    path = room.script(script)
    says = read_script(room.path, script).declarations
    if not says.any_device:
        raise BookError(
            f"{script} runs on the CPU alone",
            cure="show it with /// output, or let it choose its device: "
            'torch.device("cuda" if torch.cuda.is_available() else "cpu")',
        )
    printed = cut(room.printed(script), first, last, script)
    recording = read_recording(path)
    if recording is None:
        return Devices(script, printed, None, "", False)
    stale = recording.is_stale(room.book.root, path)
    text = Printed(recording.stdout)
    try:
        text = cut(text, first, last, script)
    except BookError as error:
        if not stale:
            raise BookError(f"{error.message} on the GPU", cure=error.cure) from error
    return Devices(script, printed, replace(text, accepted=True), origin(recording), stale)


def origin(recording: Recording) -> str:
    """Device, day and versions of a recorded run, in one line."""
    machine, versions = recording.hardware, recording.versions
    parts = [machine["name"], f"recorded on {recording.date}"]
    parts += [f"{name} {versions[key]}" for key, name in _PACKAGES.items() if key in versions]
    parts += [f"CUDA {machine['cuda']}", f"driver {machine['driver']}"]
    return " · ".join(parts)


def devices(parent: ET.Element, md: Markdown, piece: Devices) -> ET.Element:
    """Both texts beside each other; on a narrow screen, one below the other."""
    attributes = {"class": "devices", SCRIPT: piece.script}
    element = ET.SubElement(parent, "div", attributes)
    printed_text(element, md, piece.printed, "On the CPU")
    if piece.recorded is None:
        place = ET.SubElement(element, "div", {"class": "run-output"})
        ET.SubElement(place, "div", {"class": "run-output-title"}).text = AtomicString("On a GPU")
        ET.SubElement(place, "p", {"class": "run-origin"}).text = AtomicString(NONE_YET)
        return element
    place = printed_text(element, md, piece.recorded, "On a GPU")
    ET.SubElement(place, "p", {"class": "run-origin"}).text = AtomicString(piece.where)
    if piece.stale:
        ET.SubElement(place, "p", {"class": "run-note"}).text = AtomicString(STALE)
    return element


def as_markdown(piece: Devices) -> str:
    """Both texts one below the other, for a notebook."""
    texts = [f"On the CPU:\n\n```text\n{piece.printed.text.rstrip()}\n```"]
    if piece.recorded is None:
        return "\n\n".join((*texts, f"On a GPU: {NONE_YET}"))
    where = html.escape(piece.where, quote=False)
    texts.append(f"On a GPU ({where}):\n\n```text\n{piece.recorded.text.rstrip()}\n```")
    return "\n\n".join((*texts, *((STALE,) if piece.stale else ())))
