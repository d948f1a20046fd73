"""Dual numbers, the engine and the costs: equal to torch, and as cheap as the chapter says."""

import math
import time
from pathlib import Path

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

FOLDER = "part-1/5-gradients/"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def forward_mode(run_snippet):
    return run_snippet(FOLDER + "forward_mode.py")


@pytest.fixture
def engine(run_snippet):
    return run_snippet(FOLDER + "engine.py")


@pytest.fixture
def training(run_snippet):
    return run_snippet(FOLDER + "engine_train.py")


def test_duals_differentiate_as_autograd_does(forward_mode):
    dual = forward_mode["Dual"]
    for place in (-1.2, 0.4, 1.3):
        x = torch.tensor(place, dtype=torch.float64, requires_grad=True)
        forward_mode["program"](x).backward()
        mine = forward_mode["program"](dual(place, 1.0))
        assert mine.slope == pytest.approx(x.grad.item(), rel=1e-12)
    x = torch.tensor(0.4, dtype=torch.float64, requires_grad=True)
    (torch.exp(x) * torch.sin(x) - 2 * x).backward()
    mine = forward_mode["exp"](dual(0.4, 1.0)) * forward_mode["sin"](dual(0.4, 1.0))
    mine = mine - 2 * dual(0.4, 1.0)
    assert mine.slope == pytest.approx(x.grad.item(), rel=1e-12)


def test_duals_and_jvp_give_the_gradient_of_the_three_dots(forward_mode, run_snippet):
    dots = run_snippet("part-1/2-linear-regression/three_dots.py")
    for name in "wb":
        expected = dots.number(f"gradient for {name}")
        assert forward_mode.number(f"for {name}") == pytest.approx(expected)
        assert forward_mode.number(f"jvp along {name}", "slope") == pytest.approx(expected)
    assert forward_mode.number("jvp along both", "slope") == pytest.approx(-8)


def test_engine_has_under_100_lines():
    text = (ROOT / "snippets" / FOLDER / "engine.py").read_text("utf-8")
    assert len([line for line in text.splitlines() if "--8<--" not in line]) < 100


def test_engine_agrees_with_autograd_on_random_expressions(engine):
    scalar, backward = engine["Scalar"], engine["backward"]
    generator = torch.Generator().manual_seed(8)
    for _ in range(20):
        values = (torch.rand(3, dtype=torch.float64, generator=generator) + 0.5).tolist()

        def expression(a, b, c, exp):
            d = a * b - c / a + 2 / b - 3
            e = exp(-d * 0.1) + (1 - c) ** 3
            return (d * e + e) ** 2 + d / (e * e + 1) + a

        ours = [scalar(value) for value in values]
        result = expression(*ours, lambda z: z.exp())
        backward(result)
        theirs = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in values]
        expected = expression(*theirs, torch.exp)
        expected.backward()
        assert result.value == pytest.approx(expected.item(), rel=1e-12)
        for mine, other in zip(ours, theirs, strict=True):
            assert mine.grad == pytest.approx(other.grad.item(), rel=1e-10)


def test_engine_visits_a_node_once_however_many_paths_lead_to_it(engine):
    """A tower of doublings has two to the 60 paths; each node hands on once."""
    x = engine["Scalar"](1.0)
    node = x
    for _ in range(60):
        node = node + node
    engine["backward"](node)
    assert x.grad == 2.0**60


def test_engine_walks_a_chain_deeper_than_the_limit_of_recursion(engine):
    x = engine["Scalar"](1.0)
    node = x
    for _ in range(20_000):
        node = node + 1.0
    engine["backward"](node)
    assert x.grad == 1.0


def test_engine_adds_gradients_up_as_torch_does(engine):
    w = engine["Scalar"](3.0)
    engine["backward"](w * w)
    engine["backward"](w * w)
    assert w.grad == 12.0


def test_first_sample_is_the_pencil_table(run_snippet):
    run = run_snippet(FOLDER + "engine_first.py")
    assert (run.number("loss"), run.number("loss 4.0", "r")) == (4.0, -2.0)
    assert (run.number("for r"), run.number("for y_hat")) == (-4.0, -4.0)
    assert (run.number("for w"), run.number("for b")) == (-8.0, -4.0)
    assert run.number("of w * w + w at 3") == 7.0
    drawn = [text.get_text() for text in run["ax"].texts]
    assert drawn.count("\N{MINUS SIGN}4") == 4 and "\N{MINUS SIGN}8" in drawn and "1" in drawn


def test_engine_trains_the_main_run_to_the_numbers_of_chapter_1_2(training):
    assert training.number("epoch 1", "loss") == 2.4249
    assert training.number("epoch 50", "loss") == 0.0119
    assert training.number("epoch 50", "w") == 1.9213
    assert training.number("epoch 50", "b") == -0.9940


def test_engine_and_torch_agree_in_every_epoch_to_1e_6_and_to_1e_13(training):
    mine = training["mine"]
    assert mine.shape == (50, 3)
    assert (mine - training["torch_run"](torch.float32)).abs().max() < 1e-6
    assert (mine - training["torch_run"](torch.float64)).abs().max() < 1e-13
    assert training.printed.count(": True") == 2


def test_start_and_losses_are_those_of_by_hand(training, run_snippet):
    losses = run_snippet("part-1/2-linear-regression/by_hand.py")["losses"]
    assert training["mine"][:, 0].tolist() == pytest.approx(losses, rel=1e-5)


def test_reverse_order_is_p_times_cheaper_and_gives_the_same_product(run_snippet):
    run = run_snippet(FOLDER + "chain_order.py")
    for P in (10, 100, 1000):
        forward = run["multiplications"]([(P, P), (P, P), (P, P), (1, P)], True)
        reverse = run["multiplications"]([(P, P), (P, P), (P, P), (1, P)], False)
        assert (forward, reverse) == (2 * P**3 + P**2, 3 * P**2)
        assert 0.5 * P < forward / reverse < P
    assert run["apart"] < 1e-14
    tall = [(50, 1), (50, 50), (50, 50)]
    assert run["multiplications"](tall, True) < run["multiplications"](tall, False)


def test_evaluations_are_counted_exactly_and_operations_are_those_of_arithmetic(run_snippet):
    run = run_snippet(FOLDER + "cost.py")
    for P in (10, 100, 1000):
        assert f"P = {P}: {P + 1} evaluations, within 1e-5: True" in run.printed
    assert list(run["counts"]) == [10, 100, 1_000, 10_000, 100_000]
    for P, (one, both, differences) in run["counts"].items():
        assert one == 2 * 64 * P
        assert both == 2 * one
        assert differences == (P + 1) * one


def test_with_hidden_layers_a_gradient_costs_about_three_evaluations():
    layers = [torch.nn.Linear(64, 64) for _ in range(12)]
    model = torch.nn.Sequential(*layers, torch.nn.Linear(64, 1))
    X = torch.zeros(8, 64)
    with FlopCounterMode(display=False) as forward:
        loss = model(X).sum()
    with FlopCounterMode(display=False) as both:
        loss = model(X).sum()
        loss.backward()
    assert 2.8 < both.get_total_flops() / forward.get_total_flops() <= 3


def test_by_the_clock_a_gradient_takes_a_few_evaluations_and_not_thousands(run_snippet):
    run = run_snippet(FOLDER + "cost.py")
    cost = run["Cost"](20_000)

    def seconds(work):
        times = []
        for _ in range(7):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
        return min(times)

    ratio = seconds(lambda: run["one_backward"](cost)) / seconds(lambda: cost(cost.theta))
    assert 1 < ratio < 30
    few = seconds(lambda: run["forward_differences"](cost, range(50)))
    assert few / seconds(lambda: cost(cost.theta)) > 10  # 51 evaluations
    assert "under 20 evaluations: True" in run.printed


def test_one_pass_of_jvp_is_a_directional_slope_and_not_a_gradient(forward_mode):
    gradient = torch.func.grad(forward_mode["torch_cost"])(forward_mode["theta"])
    v = torch.tensor([0.3, -2.0], dtype=torch.float64)
    _, slope = torch.func.jvp(forward_mode["torch_cost"], (forward_mode["theta"],), (v,))
    assert slope.item() == pytest.approx((gradient @ v).item(), rel=1e-12)
    assert math.isclose(gradient.norm().item(), math.sqrt(40), rel_tol=1e-12)
