"""One weight: a parabola for one sample, and a slope learned alone."""

import pytest
import torch

CHAPTER = "part-1/4-loss-landscape/"


def test_one_sample_costs_and_slopes_are_those_of_the_parabola(run_snippet):
    run = run_snippet(CHAPTER + "one_sample.py")
    for w in (-4.0, -2.0, 1.0):
        assert run.number(f"w = {w:4.1f}", "cost") == 4 * (w + 2) ** 2
        assert run.number(f"w = {w:4.1f}", "slope") == 8 * (w + 2)
    assert run.figures == ("parabola",)


@pytest.fixture(scope="module")
def alone(run_snippet):
    return run_snippet(CHAPTER + "slope_alone.py")


def test_sixty_samples_have_the_mean_square_of_the_task(alone):
    assert len(alone["x"]) == 60
    assert (alone["x"].double() ** 2).mean().item() == pytest.approx(3.0017, abs=5e-5)
    assert alone["x"][0].item() == -3 and alone["x"][-1].item() < 3


def test_every_epoch_multiplies_the_error_by_the_predicted_factor(alone):
    factor = 1 - 0.2 * 3.00166667
    for errors in (alone["exact"] + 3, alone["ws"] - alone["best"]):
        assert len(errors) == 5
        assert (errors[1:] / errors[:-1]).tolist() == pytest.approx(
            [factor] * 4, abs=1e-5
        )
    assert alone.number("predicted factor 1 - 2 lr mean(x^2)") == pytest.approx(
        factor, abs=1e-5
    )


def test_best_slope_is_that_of_least_squares_without_a_bias(alone):
    x, y = alone["x"].unsqueeze(1), alone["y"].unsqueeze(1)
    best = torch.linalg.lstsq(x, y).solution.item()
    assert alone.number("best slope for the noisy targets") == pytest.approx(
        best, abs=5e-5
    )
    assert abs(best + 3) == pytest.approx(0.05, abs=5e-3), "moved by five hundredths"


def test_torch_sgd_takes_the_same_four_steps(alone):
    w = torch.tensor(-10.0, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.1)
    for expected in alone["ws"]:
        assert w.item() == pytest.approx(expected.item(), abs=1e-5)
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(w * alone["x"], alone["y"]).backward()
        optimizer.step()


def test_steps_shorten_by_themselves(alone):
    lengths = alone["ws"].diff().abs()
    assert (lengths[1:] < lengths[:-1]).all()
    assert alone.figures == ("both-spaces",)
