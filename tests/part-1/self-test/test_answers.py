"""What the answers of the self-test claim, against closed forms, SymPy and torch."""

import math

import pytest
import sympy
import torch

FOLDER = "part-1/self-test/"


@pytest.fixture(scope="module")
def curves(run_snippet):
    return run_snippet(FOLDER + "curves.py")


@pytest.fixture(scope="module")
def predict(run_snippet):
    return run_snippet(FOLDER + "predict.py")


@pytest.fixture(scope="module")
def derive(run_snippet):
    return run_snippet(FOLDER + "derive.py")


@pytest.fixture(scope="module")
def choose(run_snippet):
    return run_snippet(FOLDER + "choose.py")


def test_only_run_a_of_the_curves_comes_to_rest_on_the_floor(curves):
    floor = curves.number("floor, the loss of least squares")
    X = curves["X1"].double()
    residual = X @ torch.linalg.pinv(X) @ curves["y"].double() - curves["y"].double()
    assert floor == pytest.approx(residual.square().mean().item(), abs=1e-4)
    runs = {name: torch.tensor(losses) for name, losses in curves["runs"].items()}
    assert runs["A"][-1] < 1.01 * floor
    assert bool((runs["B"].diff() < 0).all()) and runs["B"][-1] > 5 * floor
    assert runs["C"].argmin() == 2 and bool((runs["C"][2:].diff() > 0).all())
    swings = (runs["D"].diff().sign().diff() != 0).sum()
    assert swings > 10 and runs["D"].max() < 20  # it comes back, and does not settle
    assert runs["D"][40:].max() > 10 * floor
    assert runs["E"][20:].max() < 2.5 * floor and runs["E"][20:].std() > 1e-3
    assert runs["F"][-1] > 10 * floor and runs["F"][20:].std() < 1e-4


def test_run_b_arrives_after_ten_times_the_updates(curves):
    floor = curves.number("floor, the loss of least squares")
    assert curves.number("B after ten times the steps", "loss") == pytest.approx(floor, abs=1e-4)


def test_factors_of_run_c_are_one_minus_rate_times_curvature(curves):
    H = torch.autograd.functional.hessian(
        lambda theta: (curves["X1"] @ theta - curves["y"]).square().mean(), curves["start"]
    )
    slope, offset = (1 - 1.02 * torch.linalg.eigvalsh(H)).tolist()
    assert curves.number("C: factor of the offset") == pytest.approx(offset, abs=0.005)
    assert curves.number("factor of the slope") == pytest.approx(slope, abs=0.005)


def test_loss_of_run_c_is_the_floor_and_two_parts_one_of_which_grows(curves):
    """The parts from the factors alone; their sum is what the run of the figure measured."""
    x, y = curves["X1"][:, 0].double(), curves["y"].double()
    square = x.square().mean().item()
    w, b = ((x * y).mean() / square).item(), y.mean().item()  # x is centred
    floor = (w * x + b - y).square().mean().item()
    parts = []
    for t in range(4):
        slope = square * ((-0.6 - w) * (1 - 2 * 1.02 * square) ** t) ** 2
        offset = ((0.4 - b) * (1 - 2 * 1.02) ** t) ** 2
        line = f"C, update {t}: part of the"
        assert curves.number(f"{line} slope") == pytest.approx(slope, abs=0.006)
        assert curves.number(line, "offset") == pytest.approx(offset, abs=0.006)
        assert curves["runs"]["C"][t] == pytest.approx(floor + slope + offset, rel=1e-3)
        parts.append((slope, offset))
    assert parts[0][0] == pytest.approx(parts[0][1], rel=0.1), "about the same at the start"
    lost = [before[0] - after[0] for before, after in zip(parts, parts[1:], strict=False)]
    gained = [after[1] - before[1] for before, after in zip(parts, parts[1:], strict=False)]
    assert lost[0] > gained[0] and lost[1] > gained[1] - 1e-3 and lost[2] < 0.1 * gained[2]
    assert curves["runs"]["C"].index(min(curves["runs"]["C"])) == 2


def test_cloud_of_run_e_shrinks_at_least_with_the_batch(curves):
    """Without replacement a batch of 30 of 100 has less noise than a tenth of that of three."""
    small = curves.number("E with batches of 30: above the floor")
    assert 10 < curves.number("E with batches of 3: above the floor") / small < 25


def test_early_stopping_goes_back_to_the_lowest_validation_loss(run_snippet):
    run = run_snippet(FOLDER + "two_losses.py")
    losses, val_losses = torch.tensor(run["losses"]), torch.tensor(run["val_losses"])
    assert bool((losses.diff() < 0).all())
    best = int(val_losses.argmin()) + 1
    assert run.number("lowest validation loss", "in epoch") == best
    assert run.number("stopped after epoch") == best + run["patience"]
    assert val_losses[-1] > 1.5 * val_losses.min()
    smallest = min(range(400), key=lambda epoch: val_losses[epoch] - losses[epoch]) + 1
    assert run.number("smallest gap", "in epoch") == smallest == 1


def test_predicted_numbers(predict):
    assert predict.number("error that is left") == pytest.approx(0.6**3, abs=5e-4)
    assert predict.number("updates in three epochs") == 3 * (500 // 64)
    assert predict.number("largest rate, found by trying") == pytest.approx(2 / (25 * 0.4))
    values = torch.arange(4.0)
    twice = 2 * values.var(correction=0).item()
    assert predict.number("loss of perfect predictions") == pytest.approx(twice)
    ratio = predict.number("noise of 40 / noise of 10: formula")
    assert ratio == pytest.approx((60 / 40) / (90 / 10), abs=5e-4)
    assert predict.number("measured") == pytest.approx(ratio, rel=0.05)


def test_a_penalty_lowers_the_limit_of_the_rate_to_the_derived_one(derive):
    w, x, y, eta, alpha = sympy.symbols("w x y eta alpha", positive=True)
    gradient = sympy.diff((w * x - y) ** 2 + alpha * w**2, w)
    factor = sympy.expand(sympy.diff(w - eta * gradient, w))
    limit = sympy.solve(sympy.Eq(factor, -1), eta)[0]
    assert sympy.simplify(limit - 1 / (x**2 + alpha)) == 0
    with_penalty = 1 / (derive["mean_square"] + derive["penalty"])
    assert derive.number("limit of the rate with penalty") == pytest.approx(
        with_penalty.item(), abs=1e-4
    )
    assert abs(derive.number("rate just below the limit: w")) < 1
    assert abs(derive.number("rate just above the limit: w")) > 1e6


def test_a_scale_changes_no_mistake(derive):
    counts = [derive.number(f"features times {scale}: mistakes") for scale in (1, 8)]
    assert counts[0] == counts[1] > 5


def test_combined_differences_are_of_order_four(derive):
    h, x = sympy.symbols("h x")
    central = (sympy.exp(x + h) - sympy.exp(x - h)) / (2 * h)
    combined = (4 * central.subs(h, h / 2) - central) / 3
    error = sympy.series(combined - sympy.exp(x), h, 0, 6).removeO()
    powers = [term.as_coeff_exponent(h)[1] for term in sympy.Add.make_args(sympy.expand(error))]
    assert min(powers) == 4
    assert derive.number("combined: order") == pytest.approx(4, abs=0.05)
    assert derive.number("half the step, error") == pytest.approx(16, abs=0.4)


def test_leaving_the_saddle_takes_the_logarithm_of_the_distance(derive):
    foretold = math.ceil(6 * math.log(10) / math.log(1.2))
    assert derive.number("updates until v is 1") == foretold == 76


def test_larger_batch_and_the_limit_of_the_rate(choose):
    limit = 2 / torch.linalg.eigvalsh(choose["H"].double())[-1].item()
    assert choose.number("limit of the rate") == pytest.approx(limit, abs=5e-4)
    assert 2 / limit == pytest.approx(28, abs=0.5)  # the eigenvalue that the question names
    assert 0.03 < limit < 0.08
    assert choose.number("rate 0.08: loss after 200 updates") > 1e6
    assert choose.number("rate 0.03: loss after 200 updates") < 0.3


def test_clipping_the_norm_keeps_the_direction_and_clipping_values_does_not(choose):
    before = choose.number("not clipped: angle")
    assert before == pytest.approx(math.degrees(math.atan2(4, 30)), abs=0.05)
    assert choose.number("clipped by norm", "angle") == before
    assert choose.number("clipped by value", "angle") == 45
    entries = [choose.number("clipped by norm", f"{place} entry") for place in ("first", "second")]
    assert math.hypot(*entries) == pytest.approx(1, abs=0.01)


def test_a_single_sample_has_no_scale_of_its_own(choose):
    assert math.isnan(choose.number("with its own numbers"))
    assert choose.number("with those of the training set") == pytest.approx(
        ((140 - choose["train"].mean()) / choose["train"].std(correction=0)).item(), abs=0.005
    )


def test_a_rate_that_falls_ends_closest(choose):
    plans = ("large", "small", "large, then falling")
    errors = {plan: choose.number(f"plan {plan}: mean squared error of w") for plan in plans}
    assert 10 * errors["large, then falling"] < errors["large"] < errors["small"]


def test_a_bound_of_a_few_times_the_usual_norm_leaves_the_usual_gradients_alone(choose):
    norms = choose["norms"].double().numpy()
    assert len(norms) == 1000
    for times in (1, 5):
        part = 100 * sum(norms > times * norms.mean()) / len(norms)
        printed = choose.number(f"bound of {times} times the usual norm: shortens")
        assert printed == pytest.approx(part, abs=0.51)
    assert printed == 0 and choose.number("bound of 1 times", "shortens") > 30


def test_a_random_direction_finds_one_wrong_entry(run_snippet):
    run = run_snippet(FOLDER + "one_entry.py")
    A, theta, v = (run[name].detach() for name in ("A", "theta", "v"))
    inner = A @ theta
    gradient = A.T @ (2 * inner.sin() * inner.cos())
    torch.testing.assert_close(run["right"], gradient)
    changed = (run["wrong"] != run["right"]).nonzero()
    assert changed.numel() == 1 and len(theta) == 20_000
    right = run.number("gradient right: gap of the slope")
    wrong = run.number("gradient largest entry doubled: gap of the slope")
    assert wrong == pytest.approx(abs(v[changed] * gradient[changed]).item(), rel=0.01)
    assert right < 1e-7 and wrong > 0.05
