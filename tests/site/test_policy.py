"""The pages run no script but the site's files, and say so; with that policy all still works."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page

from loopbook.browser.server import served
from loopbook.browser.visit import Traffic, visit
from loopbook.site.policy import POLICY

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = "part-1/2-linear-regression/"
HEADERS = {"Content-Security-Policy": POLICY}
#: Collects what the browser refuses, from the first line of a page on.
LISTEN = """
  window.refused = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    window.refused.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`));
"""


def inner_scripts(page: BeautifulSoup) -> list[str]:
    """Scripts inside a page, where the policy forbids them."""
    found = [
        str(script)[:80] for script in page.select("script:not([src])")
        if script.get("type") not in ("application/json", "application/ld+json")
    ]  # fmt: skip
    for tag in page.find_all(True):
        found += [f"{tag.name} {name}" for name in tag.attrs if name.startswith("on")]
        if re.match(r"\s*javascript:", str(tag.get("href", "")), re.I):
            found.append(str(tag)[:80])
    return found


def test_no_page_has_a_script_inside(pages: dict[str, BeautifulSoup]) -> None:
    assert not {name: found for name, page in pages.items() if (found := inner_scripts(page))}


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<p onclick=x>",
        "<a href=' javascript:void(0)'>",
        "<script type=module>",
    ],
)
def test_scripts_inside_are_seen(html: str) -> None:
    assert inner_scripts(BeautifulSoup(html, "html.parser"))


def test_every_page_carries_the_policy_before_its_first_script(
    pages: dict[str, BeautifulSoup],
) -> None:
    assert "unsafe-eval" not in POLICY and "script-src 'self';" in POLICY
    for name, page in pages.items():
        first = page.select_one("meta[http-equiv=Content-Security-Policy], script, [style], style")
        assert first is not None and first.get("content") == POLICY, name


def test_the_preview_carries_none() -> None:
    """MkDocs' preview reloads a page by a script inside it."""
    for command, policy in (("build", POLICY), ("serve", None)):
        config = load_config(str(ROOT / "mkdocs.yml"))
        config.plugins.run_event("startup", command=command, dirty=False)
        config = config.plugins.run_event("config", config)
        assert config.extra.get("policy") == policy


@contextmanager
def watched(browser: Browser, site: Path, name: str) -> Iterator[tuple[Page, Callable[[], object]]]:
    """A page, served with the policy as a header too, and a function for what was refused."""
    with served(site, HEADERS) as address, browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(LISTEN)
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        visit(page, address + name)
        yield page, lambda: [*page.evaluate("window.refused"), *said]


def test_all_pages_load_under_the_policy(browser: Browser, site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        with watched(browser, site, path.relative_to(site).as_posix()) as (_, refused):
            assert refused() == [], path


def test_search_works_under_the_policy(browser: Browser, site: Path) -> None:
    with watched(browser, site, "") as (page, refused):
        page.locator("input.md-search__input").click()
        page.keyboard.type("learning rate")
        page.locator("a.md-search-result__link").first.wait_for()
        assert refused() == []


def test_colours_and_folds_and_figures_work_under_the_policy(browser: Browser, site: Path) -> None:
    with watched(browser, site, CHAPTER) as (page, refused):
        traffic = Traffic(page)
        scheme = "document.body.dataset.mdColorScheme"
        seen = []
        for _ in range(3):
            page.locator("[data-book=palette] label:not([hidden])").click()
            seen.append(page.evaluate(scheme))
        assert sorted(seen) == ["default", "default", "slate"]
        page.evaluate("document.querySelectorAll('details').forEach((fold) => fold.open = true)")
        for figure in page.locator("[data-figure]").all():
            figure.scroll_into_view_if_needed()
            traffic.settle()
            figure.click()
            page.keyboard.press("ArrowRight")
        assert refused() == []


def test_refused_scripts_are_seen(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<title>A</title><h1>A</h1><script>var a = 1</script>")
    with watched(browser, tmp_path, "") as (page, refused):
        assert "script-src-elem: inline" in str(refused())
        page.evaluate("document.body.append(Object.assign(new Image, {src: 'http://127.0.0.2/a'}))")
        assert "img-src" in str(refused())


def test_a_choice_of_colours_is_kept_and_painted_first(browser: Browser, address: str) -> None:
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.route("**/bundle.*", lambda route: route.abort())  # before the theme's own script
        page.goto(address)
        scheme = "document.body.dataset.mdColorScheme"
        assert page.evaluate(scheme) == "slate", "a first visit follows the system"
        page.evaluate("__md_set('__palette', {color: {media: '(prefers-color-scheme: light)'}})")
        page.reload()
        assert page.evaluate(scheme) == "default"
        assert page.evaluate("document.documentElement.classList.contains('js')")
