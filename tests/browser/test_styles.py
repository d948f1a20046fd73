"""The one style sheet shows pages as the sheets do that it was made from."""

from __future__ import annotations

from pathlib import Path

import material
import pytest
import yaml
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]


def original(site: Path) -> str:
    """The theme's sheets and ours, whole, in the order of the settings."""
    theme = Path(material.__file__).parent / "templates/assets/stylesheets"
    (main,) = theme.glob("main.*.min.css")
    (palette,) = theme.glob("palette.*.min.css")
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    names = yaml.safe_load(settings[settings.index("extra_css:") : settings.index("extra_java")])
    sheets = [main, palette, *(site / name for name in names["extra_css"])]
    whole = "\n".join(sheet.read_text("utf-8") for sheet in sheets)
    return whole.replace("fonts/mjx", "mathematics/fonts/mjx")


def picture(page: Page, target: Path) -> Image.Image:
    page.evaluate("document.fonts.ready")
    page.screenshot(path=target, animations="disabled", caret="hide")
    return Image.open(target).convert("RGB")


def differences(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    """Where two pictures differ by more than the smoothing of an edge."""
    difference = ImageChops.difference(one, other)
    return difference.point(lambda value: value if value > 12 else 0).getbbox()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_looks_different_for_the_rules_left_out(
    site: Path, browser: Browser, address: str, tmp_path: Path, theme: str, width: int
) -> None:
    whole = original(site)
    context = browser.new_context(
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
    )
    page = context.new_page()

    def shown(sheet: str, name: str) -> Image.Image:
        page.unroute_all()
        if sheet == "whole":
            page.route(
                "**/assets/site.css", lambda r: r.fulfill(body=whole, content_type="text/css")
            )
        page.goto("about:blank")
        page.goto(f"{address}{name}", wait_until="load")
        page.add_style_tag(
            content="* { content-visibility: visible !important }"
            ".md-top { display: none !important }"  # there or not, as the page was moved last
        )
        page.locator("button.md-header__button[for=__search]").wait_for(state="attached")
        page.wait_for_timeout(300)
        page.evaluate("location.hash && document.querySelector(location.hash).scrollIntoView()")
        page.wait_for_timeout(200)
        return picture(page, tmp_path / f"{sheet}.png")

    for name in ("", "part-1/2-linear-regression/#the-gradient-step-by-step",
                 "part-1/2-linear-regression/#exercises", "part-1/lab-1-crop-yields/",
                 "glossary/", "exercises/"):  # fmt: skip
        for _ in range(3):  # a page that still moves is looked at again
            pictures = [shown(sheet, name) for sheet in ("joined", "whole")]
            if differences(*pictures) is None:
                break
        assert differences(*pictures) is None, name
    context.close()
