"""Which lines of which script are run where, so that a chapter's listings can all be run.

Scripts know nothing of each other, and use the same names. So the lines of a script are run in
the script's own order, with none of another script in between; where the chapter comes back to a
script, or shows a later part before an earlier one, the script is run again up to that place,
and what it has shown already is kept back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from loopbook.notebooks.items import Cell, Drawn, Item, Listing, Printed, Role
from loopbook.notebooks.parts import Parts
from loopbook.notebooks.quiet import quiet

_AGAIN = "once more up to here, its output kept back"
_BEFORE = "up to here; the text comes to the output of these lines below"


@dataclass(frozen=True)
class Runnable:
    """A script that a notebook can run.

    Attributes:
        parts: the script in parts.
        raises: whether it ends with an exception, as it should.
        modules: its neighbours that it imports, by file name, with their text.
    """

    parts: Parts
    raises: bool = False
    modules: Mapping[str, str] = field(default_factory=dict)


def planned(items: Iterable[Item], scripts: Mapping[str, Runnable]) -> list[Item]:
    """The items with cells in the place of listings.

    Args:
        items: what the chapter shows.
        scripts: every script that a listing or a figure among them is of.
    """
    return list(_Planner(list(items), scripts).run())


class _Planner:
    def __init__(self, items: list[Item], scripts: Mapping[str, Runnable]) -> None:
        self.items, self.scripts = items, scripts
        self.owner = ""  # the script whose names the kernel holds
        self.reached = 0  # the place behind its last part that was run
        self.seen: dict[str, set[int]] = {name: set() for name in scripts}
        self.written: set[str] = set()
        self.cells = 0
        self.recent: list[int] = []  # cells of the owner since the last listing began

    def run(self) -> Iterator[Item]:
        for place, item in enumerate(self.items):
            if isinstance(item, Listing):
                yield from self._listing(item, place)
            elif isinstance(item, Drawn):
                yield from self._figure(item, place)
            elif isinstance(item, Printed) and item.piece.script in self.scripts:
                if item.piece.script == self.owner:
                    yield from self._on(place)
                    yield replace(item, cells=tuple(self.recent))
                else:
                    yield item
            else:
                self.cells += isinstance(item, Cell)
                yield item
                continue
            if self._next_script(place) != self.owner:
                yield from self._on(place)

    def _listing(self, item: Listing, place: int) -> Iterator[Item]:
        name = item.piece.script
        wanted = self.scripts[name].parts.of_listing(item.piece.sections)
        yield from self._reach(name, wanted.start, place)
        self.recent = []
        yield self._cell(name, wanted.start, wanted.stop, "listing")

    def _figure(self, item: Drawn, place: int) -> Iterator[Item]:
        name = item.piece.script
        part = self.scripts[name].parts.of_figure(item.piece.figure)
        live = self._drawn_here(name, part, place)
        if live:
            yield from self._reach(name, part, place, draws=True)
        yield replace(item, live=live)

    def _drawn_here(self, name: str, part: int, place: int) -> bool:
        """Whether a figure is drawn where it is shown.

        It is not where a later listing draws it, where more than one later listing would have to
        be run before it, unseen, or where a figure that is shown later is drawn before it.
        """
        if part in self.seen[name] or part in self._listed_after(name, place):
            return False
        parts = self.scripts[name].parts
        reached = self.reached if self.owner == name and self.reached <= part else 0
        passed = figures = 0
        for item in self.items[place + 1 :]:
            if isinstance(item, Listing) and item.piece.script == name:
                passed += reached <= parts.of_listing(item.piece.sections).start < part
            elif isinstance(item, Drawn) and item.piece.script == name:
                other = parts.of_figure(item.piece.figure)
                figures += other < part and other not in self.seen[name]
        return passed <= 1 and not figures

    def _reach(self, name: str, target: int, place: int, draws: bool = False) -> Iterator[Item]:
        """Run a script up to the part before this one; for a figure, with this one."""
        if self.owner == name and self.reached > target:
            yield from self._on(place)  # what comes behind, before it begins again
        if self.owner != name or self.reached > target:
            for file, text in sorted(self.scripts[name].modules.items()):
                if file not in self.written:
                    self.written.add(file)
                    yield self._new(Cell(f"%%writefile {file}\n{text}", "module"))
            self.owner, self.reached, self.recent = name, 0, []
        kept_back = self.seen[name] | self._wanted_after(name, place)
        stop = target + draws
        while self.reached < stop:
            unseen = self.reached in kept_back and self.reached < target
            end = self.reached + 1
            while end < stop and (end in kept_back and end < target) == unseen:
                end += 1
            again = self.reached in self.seen[name]
            words = f"{name} {_AGAIN if again else _BEFORE}" if unseen else ""
            yield self._cell(name, self.reached, end, "unseen" if unseen else "around", words)

    def _on(self, place: int) -> Iterator[Item]:
        """Run on in the owner's script, as far as nothing is wanted by the chapter's next part."""
        if not self.owner:
            return
        later = self._wanted_after(self.owner, place)
        end = self.reached
        while end < len(self.scripts[self.owner].parts.parts) and end not in later:
            end += 1
        if any(part not in self.seen[self.owner] for part in range(self.reached, end)):
            last = end == len(self.scripts[self.owner].parts.parts)
            words = f"the rest of {self.owner}" if last else ""
            yield self._cell(self.owner, self.reached, end, "around", words)

    def _cell(self, name: str, start: int, end: int, role: Role, words: str = "") -> Cell:
        script = self.scripts[name]
        source = "\n\n".join(part.source for part in script.parts.parts[start:end])
        if role == "unseen":
            source = f"%%capture\n# {words}\n{source}"
        elif start == 0:
            source = f"# {name}\n{source}"
        elif words:
            source = f"# {words}\n{source}"
        if role != "unseen":
            self.seen[name] |= set(range(start, end))
        self.owner, self.reached = name, end
        raises = script.raises and end == len(script.parts.parts)
        source = source if raises else quiet(source)
        return self._new(Cell(source, role, name, start, end, raises))

    def _new(self, cell: Cell) -> Cell:
        if cell.script:
            self.recent.append(self.cells)
        self.cells += 1
        return cell

    def _next_script(self, place: int) -> str:
        """The script that the next listing, figure or output after this place is of."""
        for item in self.items[place + 1 :]:
            if isinstance(item, Listing | Drawn | Printed) and item.piece.script in self.scripts:
                return item.piece.script
        return ""

    def _listed_after(self, name: str, place: int) -> set[int]:
        parts = self.scripts[name].parts
        return {
            part
            for item in self.items[place + 1 :]
            if isinstance(item, Listing) and item.piece.script == name
            for part in parts.of_listing(item.piece.sections)
        }

    def _wanted_after(self, name: str, place: int) -> set[int]:
        """Parts that the chapter shows after this place, with what they print or draw."""
        wanted = self._listed_after(name, place)
        for later, item in enumerate(self.items[place + 1 :], start=place + 1):
            if isinstance(item, Drawn) and item.piece.script == name:
                part = self.scripts[name].parts.of_figure(item.piece.figure)
                if self._drawn_here(name, part, later):
                    wanted.add(part)
        return wanted
