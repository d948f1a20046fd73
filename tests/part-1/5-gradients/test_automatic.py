"""Dual numbers, the engine and the costs: equal to torch, and as cheap as the chapter says."""

import math
import os
import runpy
import subprocess
import sys
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


def test_duals_know_minus_from_either_side_and_compare_by_their_values(forward_mode):
    dual = forward_mode["Dual"]
    left, right = 1 - dual(3.0, 2.0), dual(3.0, 2.0) - 1
    assert (left.value, left.slope, right.value, right.slope) == (-2.0, -2.0, 2.0, 2.0)
    assert dual(1.0, 9.0) < 2 and dual(3.0) > dual(2.0, 9.0)
    assert (dual(2.0, 1.0) < 2) is (dual(2.0, 1.0) > 2) is False


def test_program_takes_both_branches_and_decides_on_the_number(forward_mode, monkeypatch):
    dual, seen = forward_mode["Dual"], []
    below = dual.__lt__
    monkeypatch.setattr(dual, "__lt__", lambda *pair: seen.append(below(*pair)) or seen[-1])
    forward_mode["program"](dual(1.3, 1.0))
    assert len(seen) == 5 and set(seen) == {True, False}


def test_duals_take_under_fifty_lines():
    text = (ROOT / "snippets" / FOLDER / "dual.py").read_text("utf-8")
    assert 40 < len([line for line in text.splitlines() if "--8<--" not in line]) <= 50


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


def test_reverse_order_is_up_to_p_times_cheaper_and_gives_the_same_product(run_snippet):
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
        assert one == 2 * 8 * P
        assert both == 2 * one
        assert differences == (P + 1) * one, "as if all slopes had been counted"


def test_differences_are_counted_in_full_up_to_1000_and_say_so_from_there(run_snippet):
    run = run_snippet(FOLDER + "cost.py")
    rows = run.printed.splitlines()[4:9]
    assert [row.split()[3] for row in rows] == ["10", "100", "1,000", "20", "20"]
    cost = run["Cost"](1000)
    counted = run["operations"](run["forward_differences"], cost, range(1000))
    assert counted == run["counts"][1000][2] and cost.evaluations == 1001


@pytest.mark.parametrize("hidden", [0, 1, 11])
def test_with_hidden_layers_a_gradient_costs_up_to_three_evaluations(run_snippet, hidden):
    printed = run_snippet(FOLDER + "cost.py").number(f"hidden layers {hidden}: the gradient costs")
    # A product forward and one for the weights in each layer, and one for each input but the first.
    assert printed == pytest.approx(3 - 1 / (hidden + 1), abs=6e-3)
    layers = [torch.nn.Linear(32, 32) for _ in range(hidden)]
    model = torch.nn.Sequential(*layers, torch.nn.Linear(32, 32))
    with FlopCounterMode(display=False) as forward:
        loss = model(torch.zeros(5, 32)).sum()
    with FlopCounterMode(display=False) as backward:
        loss.backward()
    whole = forward.get_total_flops() + backward.get_total_flops()
    assert whole / forward.get_total_flops() == pytest.approx(printed, abs=6e-3)


def test_backward_goes_over_at_most_two_links_an_operation_once_each(training, engine):
    """Slopes that count how often they are multiplied."""
    operations, links = training["operations"], training["links"]
    assert (operations, links) == (6 * 100 + 2, 11 * 100 + 3)
    assert links <= 2 * operations
    used = []

    class Counted(float):
        def __mul__(self, other):
            used.append(self)
            return float(self) * other

    scalar = engine["Scalar"]
    numbers = [scalar(1.0 + k) for k in range(5)]
    total = numbers[0]
    for number in numbers:
        total = (total * number + number) ** 2 / 3 - number
    nodes = engine["users_of"](total)
    assert all(len(node.links) <= 2 for node in nodes)
    for node in nodes:
        node.links = tuple((part, Counted(slope)) for part, slope in node.links)
    engine["backward"](total)
    assert len(used) == sum(len(node.links) for node in nodes)


@pytest.fixture
def clock(run_snippet):
    return run_snippet(FOLDER + "cost_clock.py")


def test_every_slope_was_timed_up_to_100_000_and_the_factor_is_under_half_of_p(clock):
    assert list(clock["SECONDS"]) == [10, 100, 1_000, 10_000, 100_000]
    rows = clock.printed.splitlines()[2:7]
    for row, (P, (differences, backward)) in zip(rows, clock["SECONDS"].items(), strict=True):
        assert 0.3 * P < differences / backward < 0.5 * P
        name, *numbers = (float(word.replace(",", "")) for word in row.split())
        assert name == P
        assert numbers[0] == pytest.approx(differences, rel=0.06)
        assert numbers[2] == pytest.approx(differences / backward, rel=0.06, abs=0.5)


def test_what_no_machine_contradicts_holds_now(clock):
    said = [line for line in clock.printed.splitlines() if line.startswith("now, ")]
    assert len(said) == 2 and all(line.endswith(": True") for line in said)
    assert "from a sample of 50 of 100,000 slopes" in said[1]


def test_by_the_clock_a_gradient_takes_a_few_evaluations_and_fifty_slopes_many(clock):
    cost, seconds = clock["Cost"](20_000), clock["seconds"]
    one = seconds(cost, cost.theta, repeat=20)
    assert 1 < seconds(clock["one_backward"], cost, repeat=20) / one < 30
    assert seconds(clock["forward_differences"], cost, range(50)) / one > 10  # 51 evaluations


def test_keep_writes_the_times_of_this_machine(tmp_path):
    """On few parameters, in a folder of its own."""
    names = ("cost_ways.py", "cost_clock.py", "kept_cost.py")
    for name in names:
        text = (ROOT / "snippets" / FOLDER / name).read_text("utf-8")
        text = text.replace("range(1, 6)", "range(1, 3)").replace("100_000", "1_000")
        (tmp_path / name).write_text(text, "utf-8")
    before = runpy.run_path(str(tmp_path / "kept_cost.py"))
    done = subprocess.run(
        [sys.executable, str(tmp_path / "cost_clock.py"), "--keep"],
        env=os.environ | {"MPLBACKEND": "Agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = runpy.run_path(str(tmp_path / "kept_cost.py"))
    assert made["__doc__"] == before["__doc__"]
    assert list(made["SECONDS"]) == [10, 100]
    assert made["SECONDS"][100] != before["SECONDS"][100]


def test_one_pass_of_jvp_is_a_directional_slope_and_not_a_gradient(forward_mode):
    gradient = torch.func.grad(forward_mode["torch_cost"])(forward_mode["theta"])
    v = torch.tensor([0.3, -2.0], dtype=torch.float64)
    _, slope = torch.func.jvp(forward_mode["torch_cost"], (forward_mode["theta"],), (v,))
    assert slope.item() == pytest.approx((gradient @ v).item(), rel=1e-12)
    assert math.isclose(gradient.norm().item(), math.sqrt(40), rel_tol=1e-12)
