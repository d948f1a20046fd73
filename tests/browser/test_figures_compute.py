"""What the interactive figures compute is what torch computes, to one part in ten thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
from playwright.sync_api import Browser, Locator, Page

Snippet = Callable[[str], dict[str, Any]]
POINTS = [(0.15, 2.4), (0.5, 1.0), (-0.1, 3.2), (1.1, -1.0), (-0.567, -0.571), (2.0, -1.0)]


def close(expected: Any) -> Any:
    return pytest.approx(expected, rel=1e-4)


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The chapter, both figures alive."""
    page = browser.new_page()
    page.goto(f"{address}part-1/2-linear-regression/")
    yield page
    page.close()


@pytest.fixture
def line(page: Page, come_to: Callable[[Page, str], Locator]) -> Locator:
    return come_to(page, "line")


@pytest.fixture
def rates(page: Page, come_to: Callable[[Page, str], Locator]) -> Locator:
    figure = come_to(page, "learning-rate")
    figure.get_by_role("button", name="Reset").click()
    return figure


@pytest.mark.parametrize("point", POINTS)
def test_cost_and_gradient_are_those_of_autograd(
    line: Locator, rates: Locator, snippet: Snippet, point: tuple[float, float]
) -> None:
    dots, run = snippet("squares.py"), snippet("by_hand.py")
    for figure, x, y in ((line, dots["x"], dots["y"]), (rates, run["X"], run["y"])):
        w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in point)
        cost = torch.nn.functional.mse_loss(w * x.double() + b, y.double())
        cost.backward()
        assert figure.evaluate("(f, p) => f.model.cost(p)", point) == close(cost.item())
        assert figure.evaluate("(f, p) => f.model.gradient(p)", point) == close(
            [w.grad.item(), b.grad.item()]
        )


def test_best_lines_are_those_of_torch(line: Locator, rates: Locator, snippet: Snippet) -> None:
    dots, run = snippet("squares.py"), snippet("rate_one.py")
    assert line.evaluate("f => f.model.best") == close(dots["best"])
    assert line.evaluate("f => f.model.lowest") == close(
        dots["squared_errors"](*dots["best"]).mean().item()
    )
    assert rates.evaluate("f => f.model.best") == close([run["best_w"], run["best_b"]])


def test_eigenvalues_are_those_of_torch_and_set_the_limits(
    rates: Locator, snippet: Snippet
) -> None:
    expected = snippet("rate_zones.py")["eigenvalues"]
    assert rates.evaluate("f => f.model.eigenvalues") == close(expected.tolist())
    limits = [1 / expected[1].item(), 2 / expected[1].item()]
    assert rates.evaluate("f => f.model.limits") == close(limits)
    shown = [words.split("= ")[1] for words in rates.locator(".limits span").all_inner_texts()]
    assert shown == [f"{limit:.2f}" for limit in limits]


def test_start_is_that_of_the_main_run(rates: Locator, snippet: Snippet) -> None:
    run = snippet("by_hand.py")
    w, b = run["lines"][0]
    assert rates.evaluate("f => f.path[0]") == close([w.item(), b.item()])


@pytest.mark.parametrize(
    ("rate", "zone"),
    [(0.2, "converge"), (0.9, "oscillate"), (1.0, "jump for ever"), (1.1, "diverge")],
)
def test_twenty_updates_are_those_of_torch(
    rates: Locator, snippet: Snippet, rate: float, zone: str
) -> None:
    run = snippet("by_hand.py")
    X, y = run["X"].double(), run["y"].double()
    model = torch.nn.Linear(1, 1, dtype=torch.float64)
    with torch.no_grad():
        for parameter, first in zip(model.parameters(), run["lines"][0], strict=True):
            parameter.fill_(first.item())
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    path, losses = [], []
    for _ in range(21):
        loss = torch.nn.functional.mse_loss(model(X), y)
        path.append([model.weight.item(), model.bias.item()])
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    rates.get_by_role("spinbutton").fill(str(rate))
    assert rates.locator("[data-name=updates]").inner_text() == "20"
    computed = rates.evaluate("f => f.path")
    assert [point[0] for point in computed] == close([point[0] for point in path])
    assert [point[1] for point in computed] == close([point[1] for point in path])
    assert rates.evaluate("f => f.losses") == close(losses)
    assert rates.locator("[data-name=zone]").inner_text() == zone


def test_at_a_rate_of_one_the_bias_jumps_between_two_values_for_ever(
    rates: Locator, snippet: Snippet
) -> None:
    odd, even = (b for _, _, b in snippet("rate_one.py")["history"][-2:])
    assert (round(even, 4), round(odd, 4)) == (-0.5706, -1.4174)
    rates.get_by_role("spinbutton").fill("1")
    said = rates.locator("[data-name=why]").inner_text()
    assert "keeps its size: b = −0.5706, −1.4174, −0.5706 …" in said
    biases = rates.evaluate("f => f.model.descend(f.start, 1, 200).map(([, b]) => b)")
    assert biases == close([even if k % 2 == 0 else odd for k in range(201)])
    rates.get_by_role("button", name="Step").click()
    assert rates.locator("[data-name=b]").inner_text() == "−1.4174"
    rates.get_by_role("button", name="Step").click()
    assert rates.locator("[data-name=b]").inner_text() == "−0.5706"


def test_a_zone_ends_where_the_eigenvalues_say(rates: Locator) -> None:
    zones = rates.evaluate(
        "f => [0.01, 0.49, 0.5, 0.51, 0.99, 1, 1.01, 1.3].map((rate) => f.model.zone(rate))"
    )
    assert zones == [
        "converge", "converge", "converge", "oscillate", "oscillate", "jump", "diverge", "diverge"
    ]  # fmt: skip


def test_squares_drawn_are_as_large_as_the_errors(line: Locator, snippet: Snippet) -> None:
    dots = snippet("squares.py")
    areas = dots["squared_errors"](*dots["guess"]).tolist()
    sides = line.locator(".squares rect").evaluate_all(
        """rects => rects.map(r => ['width', 'height'].map(n => Number(r.getAttribute(n))))"""
    )
    unit = line.evaluate("f => f.dots.x(1) - f.dots.x(0)")
    assert line.evaluate("f => f.dots.y(0) - f.dots.y(1)") == close(unit)
    assert [width * height / unit**2 for width, height in sides] == close(areas)
    crossing = line.evaluate(
        """f => [...f.live.querySelectorAll('.squares rect')].map((rect, i) => {
          const [w, b] = f.line;
          const left = f.dots.x.invert(Number(rect.getAttribute('x')));
          const top = f.dots.y.invert(Number(rect.getAttribute('y')));
          const side = Math.abs(f.model.residuals(f.line)[i]);
          const ends = [w * left + b, w * (left + side) + b];
          return Math.min(...ends) >= top - 1e-6 || Math.max(...ends) <= top - side + 1e-6;
        })"""
    )
    assert crossing == [True] * 6


HEIGHTS = """f => [...f.live.querySelectorAll('.contours path')].map((path) => {
  const inside = (v, ends) => v > Math.min(...ends) + 1 && v < Math.max(...ends) - 1;
  const { x, y } = f.map;
  return path.getAttribute('d').split(/[MLZ]+/).filter(Boolean)
    .map((place) => place.split(',').map(Number))
    .filter(([px, py]) => inside(px, x.range()) && inside(py, y.range()))
    .map(([px, py]) => f.model.cost([x.invert(px), y.invert(py)]));
})"""


def test_contours_lie_at_the_heights_that_they_name(line: Locator, rates: Locator) -> None:
    for figure in (line, rates):
        rings = figure.evaluate(HEIGHTS)
        levels = [float(t) for t in figure.locator(".heights text").all_text_contents()]
        means = [sum(ring) / len(ring) for ring in rings if ring]
        assert len(levels) >= 4 and all(
            any(mean == pytest.approx(level, rel=0.005) for mean in means) for level in levels
        )
        for ring, mean in zip(filter(None, rings), means, strict=True):
            assert ring == pytest.approx([mean] * len(ring), rel=0.01)
