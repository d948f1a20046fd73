"""The figure of early stopping of chapter 1.6: what it computes, and how it is used."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from playwright.sync_api import Locator, Page

CHAPTER = "part-1/6-recap/"
SNIPPETS = Path(__file__).resolve().parents[2] / "snippets/part-1/6-recap"
Open = Callable[..., Page]
Come = Callable[[Page, str], Locator]


@pytest.fixture
def figure(open_page: Open, come_to: Come, address: str) -> Locator:
    return come_to(open_page(address + CHAPTER), "early")


def data() -> dict[str, torch.Tensor]:
    line = (SNIPPETS / "interactive_data.out").read_text("utf-8").partition(":")[2]
    return {k: torch.tensor(v, dtype=torch.float64) for k, v in json.loads(line).items()}


def losses(samples: int, rate: float, epochs: int) -> tuple[list[float], list[float]]:
    """The same run by torch.optim.SGD and autograd."""
    d = data()
    w = torch.zeros(d["X"].shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=rate)
    training, validation = [], []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = (d["X"][:samples] @ w - d["y"][:samples]).square().mean()
        with torch.no_grad():
            validation.append((d["X_val"] @ w - d["y_val"]).square().mean().item())
        loss.backward()
        optimizer.step()
        training.append(loss.item())
    return training, validation


def stop(val: list[float], patience: int) -> dict[str, Any]:
    for at in range(len(val)):
        best = min(range(at + 1), key=val.__getitem__)
        if at - best >= patience:
            return {"best": best, "at": at, "stopped": True}
    best = min(range(len(val)), key=val.__getitem__)
    return {"best": best, "at": len(val) - 1, "stopped": False}


@pytest.mark.parametrize(("samples", "rate"), [(12, 0.05), (16, 0.15), (48, 0.1), (80, 0.01)])
def test_losses_are_those_of_torch(figure: Locator, samples: int, rate: float) -> None:
    mine = figure.evaluate("(f, [n, r]) => f.model.train(n, r, 200)", [samples, rate])
    training, validation = losses(samples, rate, 200)
    assert mine["training"] == pytest.approx(training, rel=1e-4)
    assert mine["validation"] == pytest.approx(validation, rel=1e-4)


@pytest.mark.parametrize("patience", [1, 5, 20, 60])
def test_stop_is_where_the_best_epoch_is_patience_epochs_old(
    figure: Locator, patience: int
) -> None:
    for samples in (12, 16, 40, 80):
        _, validation = losses(samples, 0.05, 200)
        mine = figure.evaluate("(f, [v, p]) => f.model.stop(v, p)", [validation, patience])
        assert mine == stop(validation, patience)


def test_page_starts_from_what_the_script_printed(figure: Locator) -> None:
    assert figure.evaluate("f => f.model.X") == data()["X"].tolist()
    _, validation = losses(16, 0.05, 200)
    end = stop(validation, 20)
    assert end["stopped"] and validation[-1] > 1.5 * validation[end["best"]]
    assert figure.locator("[data-name=best]").inner_text() == str(end["best"])
    assert figure.locator("[data-name=stop]").inner_text() == str(end["at"])
    assert figure.locator("[data-name=lowest]").inner_text() == f"{validation[end['best']]:.3f}"


def test_sliders_move_by_keys_and_the_state_is_said(figure: Locator) -> None:
    page = figure.page
    before = figure.locator("path.curve").last.get_attribute("d")
    figure.get_by_role("slider", name="samples").focus()
    page.keyboard.press("End")
    assert figure.evaluate("f => f.samples") == 80
    assert figure.locator("path.curve").last.get_attribute("d") != before
    figure.get_by_role("slider", name="patience").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert figure.evaluate("f => f.patience") == 2
    status = figure.get_by_role("status").filter(has_text="80 samples. Best epoch")
    status.wait_for(state="attached")
    figure.get_by_role("button", name="Reset").click()
    assert figure.evaluate("f => [f.samples, f.rate, f.patience]") == [16, 0.05, 20]


def test_without_a_stop_there_is_no_line(figure: Locator) -> None:
    figure.evaluate("f => f.change({ samples: 80, rate: 0.01, patience: 60 })")
    assert figure.locator("[data-name=stop]").inner_text() == "none"
    assert not figure.locator("line.floor").is_visible()


def test_drawing_holds_no_broken_numbers_at_the_ends_of_the_sliders(figure: Locator) -> None:
    for samples in (12, 80):
        for rate in (0.01, 0.15):
            figure.evaluate("(f, [n, r]) => f.change({ samples: n, rate: r })", [samples, rate])
            drawn = figure.evaluate(
                "f => [...f.live.querySelectorAll('path, line, circle')]"
                ".map((e) => e.outerHTML).join('')"
            )
            assert "NaN" not in drawn and "Infinity" not in drawn


@pytest.mark.parametrize("width", [360, 1280])
def test_versions_are_left_out_by_boxes_alone(
    open_page: Open, address: str, width: int
) -> None:
    page = open_page(
        address + CHAPTER, java_script_enabled=False, viewport={"width": width, "height": 800}
    )
    table = page.locator(".aligned")
    table.scroll_into_view_if_needed()
    autograd = table.locator("td[data-version='3']").last
    assert autograd.is_visible()
    table.get_by_label("with autograd").uncheck()
    assert not autograd.is_visible()
    assert table.locator("td[data-version='5']").last.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
