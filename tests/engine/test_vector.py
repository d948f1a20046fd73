"""Figures weigh a fraction in the page, and look as they were drawn."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser

from loopbook.errors import BookError
from loopbook.vector import optimiser
from loopbook.vector.optimiser import Optimiser

ROOT = Path(__file__).resolve().parents[2]
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g id="n">{}</g></svg>'
AXIS = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 viewBox="0 0 90 90"><g id="matplotlib.axis_1">
 <g id="xtick_1"><g id="line2d_1"><path d="M 9 80 L 9 0" style="stroke: gray"/></g>
 <g id="line2d_2"><defs><path id="m1" d="M 0 0 L 0 3.5" style="stroke: currentColor"/></defs>
 <g><use xlink:href="#m1" x="9" y="80" style="stroke: currentColor"/></g></g>
 <g id="text_1"><text x="9" y="88">1</text></g></g>
 <g id="xtick_2"><g id="line2d_3"><path d="M 19 80 L 19 0" style="stroke: gray"/></g>
 <g id="line2d_4"><g><use xlink:href="#m1" x="19" y="80" style="stroke: currentColor"/></g></g>
 <g id="text_2"><text x="19" y="88">2</text></g></g></g></svg>"""


def test_a_known_drawing_starts_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    svg = DRAWN.format('<path d="M 0 0 L 1.00001 2.5"/>')
    first = Optimiser(tmp_path).optimise(svg)
    assert len(first) < len(svg) and "id=" not in first

    def no_process(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(optimiser, "_svgo", optimiser._Svgo())
    monkeypatch.setattr(optimiser, "Process", no_process)
    assert Optimiser(tmp_path).optimise(svg) == first
    with pytest.raises(AssertionError, match="was started"):
        Optimiser(tmp_path).optimise(svg + " ")


def test_one_process_serves_one_drawing_after_the_other(tmp_path: Path) -> None:
    one = Optimiser(tmp_path / "a")
    one.optimise(DRAWN.format("<circle r='1'/>"))
    process = optimiser._svgo._process
    with pytest.raises(BookError, match="not SVG"):
        one.optimise("<svg><a></svg>")
    Optimiser(tmp_path / "b").optimise(DRAWN.format("<circle r='2'/>"))
    assert optimiser._svgo._process is process


def test_grid_lines_of_an_axis_are_one_path_and_its_ticks_another(tmp_path: Path) -> None:
    light = Optimiser(tmp_path).optimise(AXIS)
    assert light.count("<path") == 2 and light.count("<text") == 2 and "<use" not in light


def test_what_one_theme_hides_is_kept(tmp_path: Path) -> None:
    kept = Optimiser(tmp_path).optimise(DRAWN.format('<circle class="on-dark" display="none"/>'))
    assert 'class="on-dark"' in kept


def shots(browser: Browser, figures: list[str]) -> list[Image.Image]:
    """The figures as drawn, a few to a picture: one of all of them is too large to open."""
    parts = [figures[i : i + 20] for i in range(0, len(figures), 20)]
    return [picture for part in parts for picture in shot(browser, part)]


def shot(browser: Browser, figures: list[str]) -> list[Image.Image]:
    """The figures as the browser draws them at two pixels to one, on white."""
    context = browser.new_context(device_scale_factor=2, viewport={"width": 800, "height": 600})
    page = context.new_page()
    page.set_content(
        "<style>svg{display:block}</style>" + "".join(figures)
    )
    whole = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    boxes = page.evaluate(
        "[...document.querySelectorAll('svg')].map(e => {const b = e.getBoundingClientRect();"
        " return [b.x, b.y, b.right, b.bottom].map(v => Math.round(2 * v))})"
    )
    context.close()
    return [whole.crop(tuple(box)) for box in boxes]


def own_ids(svg: str, prefix: str) -> str:
    """The drawing with identifiers that no other one has."""
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE[^>]*>", "", svg, flags=re.DOTALL)
    return re.sub(r'(\bid="|href="#|url\(#)', rf"\1{prefix}", svg)


def changed(before: Image.Image, after: Image.Image) -> float:
    """Share of pixels that are another colour by more than a quarter of the range."""
    difference = ImageChops.difference(before, after).convert("L").point(lambda v: v > 64 and 255)
    return difference.histogram()[255] / (before.width * before.height)


@pytest.mark.usefixtures("site")
def test_the_books_figures_look_as_they_were_drawn(browser: Browser, tmp_path: Path) -> None:
    files = sorted((ROOT / ".build/records").rglob("figures/*.svg"))
    assert len(files) >= 29
    drawn = [file.read_text("utf-8") for file in files]
    light = [optimiser.shared(ROOT).optimise(svg) for svg in drawn]
    assert sum(map(len, light)) < 0.45 * sum(map(len, drawn))
    before = shots(browser, [own_ids(svg, f"a{n}-") for n, svg in enumerate(drawn)])
    after = shots(browser, [own_ids(svg, f"a{n}-") for n, svg in enumerate(light)])
    shares = {
        file.stem: changed(one, other)
        for file, one, other in zip(files, before, after, strict=True)
    }
    assert max(shares.values()) < 0.008, shares  # edges of letters, by a part of a pixel
    # A line moved by a hundredth of the picture is seen.
    moved = ImageChops.offset(before[0], 15, 0)
    assert changed(before[0], moved) > 0.01


def test_pixels_are_webp_that_any_browser_decodes() -> None:
    files = sorted((ROOT / ".build/records").rglob("figures/*.svg"))
    image = re.compile(r"data:image/(\w+);base64,([^\"]*)")
    found = [match for file in files for match in image.findall(file.read_text("utf-8"))]
    assert found and {kind for kind, _ in found} == {"webp"}
    for _, data in found:
        assert Image.open(io.BytesIO(base64.b64decode(data))).mode in {"RGB", "RGBA"}
