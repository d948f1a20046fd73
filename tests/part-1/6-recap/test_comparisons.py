"""What the chapter claims of its practices, against closed forms and other seeds."""

import math
from pathlib import Path

import pytest
import torch

CHAPTER = "part-1/6-recap"
F64 = torch.float64


def effect_of(run_snippet, name, **options):
    comparisons = run_snippet(f"{CHAPTER}/comparisons.py")
    trials = run_snippet(f"{CHAPTER}/trials.py")
    with_it, without = comparisons[name](**options)
    return trials["effect"](with_it[-1], without[-1], worst=comparisons["START"])


def test_excess_is_the_loss_on_new_regions_less_the_noise(run_snippet):
    trials = run_snippet(f"{CHAPTER}/trials.py")
    theta = torch.tensor([-3.0, 21.0, 8.5, 110.0])
    torch.manual_seed(11)
    z = torch.randn(400_000, 3)
    y = z @ trials["TRUE"][:3] + trials["TRUE"][3] + trials["NOISE"] * torch.randn(400_000)
    loss = (z @ theta[:3] + theta[3] - y).square().mean() - trials["NOISE"] ** 2
    assert trials["excess"](theta).item() == pytest.approx(loss.item(), rel=0.02)


def test_loop_for_all_seeds_is_pytorch_s_loop_for_each(run_snippet):
    z, y = run_snippet(f"{CHAPTER}/trials.py")["regions"]()
    history = run_snippet(f"{CHAPTER}/loop.py")["train"](z, y, 0.1, 5)
    for seed in (0, 19):
        model = torch.nn.Linear(3, 1)
        torch.nn.init.zeros_(model.weight)
        torch.nn.init.zeros_(model.bias)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        for _ in range(5):
            optimizer.zero_grad()
            torch.nn.MSELoss()(model(z[seed])[:, 0], y[seed]).backward()
            optimizer.step()
        mine = torch.cat([model.weight.detach()[0], model.bias.detach()])
        torch.testing.assert_close(history[-1, seed], mine, rtol=1e-4, atol=1e-3)


def test_every_epoch_of_batches_has_every_row_once_for_every_seed(run_snippet):
    torch.manual_seed(3)
    rows = torch.cat(run_snippet(f"{CHAPTER}/loop.py")["batches"](4, 23, 5), dim=1)
    assert torch.equal(rows.sort(dim=1).values, torch.arange(23).expand(4, 23))
    assert not torch.equal(rows[0], rows[1])


@pytest.mark.parametrize(
    ("name", "options", "low", "high"),
    [
        ("rate", {"other": 0.003}, 0, 0.01),
        ("rate", {"other": 1.1}, 0, 0.01),
        ("schedule", {}, 0, 0.5),
        ("scale", {}, 0, 0.1),
        ("clipping", {}, 0, 0.01),
    ],
)
def test_practice_helps_where_its_fault_is(run_snippet, name, options, low, high):
    _, bottom, top = effect_of(run_snippet, name, **options)
    assert low < bottom <= top < high


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("rate", {"other": 0.5, "num_epochs": 60}),
        ("scale", {"mean": torch.zeros(3), "std": torch.ones(3), "raw_lr": 0.1}),
        ("clipping", {"wild": 1.0}),
        ("schedule", {"batch_size": None, "num_epochs": 60}),
    ],
)
def test_practice_does_nothing_where_its_fault_is_not(run_snippet, name, options):
    _, low, high = effect_of(run_snippet, name, **options)
    assert low < 1.01 and high > 0.99 and high / low < 1.01


@pytest.mark.parametrize(
    ("name", "options"),
    [("schedule", {"batch_size": None}), ("clipping", {"wild": 1.0, "c": 2.0})],
)
def test_practice_harms_where_it_only_costs(run_snippet, name, options):
    _, low, _ = effect_of(run_snippet, name, **options)
    assert low > 2


def test_raw_rate_lies_just_below_its_limit_for_every_seed(run_snippet):
    trials = run_snippet(f"{CHAPTER}/trials.py")
    z, _ = trials["regions"]()
    X = trials["MEAN"] + trials["STD"] * z
    X1 = torch.cat([X, torch.ones_like(X[..., :1])], dim=2).to(F64)
    limits = 2 / torch.linalg.eigvalsh(2 / 100 * X1.mT @ X1)[:, -1]
    assert (4e-5 < limits).all() and (limits < 8e-5).all()
    Z1 = torch.cat([z, torch.ones_like(z[..., :1])], dim=2).to(F64)
    of_z = 2 / torch.linalg.eigvalsh(2 / 100 * Z1.mT @ Z1)[:, -1]
    assert (0.6 < of_z).all() and (of_z < 1).all()


def test_standardised_and_raw_line_predict_the_same(run_snippet):
    for_z = run_snippet(f"{CHAPTER}/comparisons.py")["for_z"]
    trials = run_snippet(f"{CHAPTER}/trials.py")
    torch.manual_seed(5)
    theta, z = torch.randn(1, 4), torch.randn(7, 3)
    mean, std = trials["MEAN"][None], trials["STD"][None]
    raw = (mean + std * z) @ theta[0, :3] + theta[0, 3]
    same = for_z(theta, mean, std)[0]
    torch.testing.assert_close(z @ same[:3] + same[3], raw, rtol=1e-4, atol=1e-3)


def test_clipped_rows_are_those_of_clip_grad_norm(run_snippet):
    torch.manual_seed(6)
    grad = 10 * torch.randn(5, 4)
    grad[2] *= 0.001
    wanted = []
    for row in grad:
        p = torch.nn.Parameter(torch.zeros(4))
        p.grad = row.clone()
        torch.nn.utils.clip_grad_norm_([p], 3.0)
        wanted.append(p.grad)
    run_snippet(f"{CHAPTER}/loop.py")["clip_rows"](grad, 3.0)
    torch.testing.assert_close(grad, torch.stack(wanted))


def test_clipping_above_the_limit_hops_across_the_goal(run_snippet):
    run = run_snippet(f"{CHAPTER}/clipping.py")
    lr, c = 1.5, 20.0
    assert run["moved"].tolist() == pytest.approx([lr * c] * 20, rel=1e-3)
    nearest, furthest = c / 2, lr * c - c / 2  # where both gradients are longer than c
    assert nearest**2 < run["after"].min() and run["after"].max() < 1.1 * furthest**2
    start = run_snippet(f"{CHAPTER}/comparisons.py")["START"]
    assert 400 * 0.1 * 2 < math.sqrt(start) == pytest.approx(115, abs=1)


def test_stopping_rule_is_the_plain_one(run_snippet):
    stop = run_snippet(f"{CHAPTER}/choices.py")["stop"]
    val = torch.tensor([3.0, 2.0, 2.5, 2.1, 2.0, 1.0, 1.5, 1.2, 1.1, 1.3])
    assert stop(val, 4) == (5, 9)
    assert stop(val, 3) == (1, 4)
    assert stop(val, 99) == (5, 9)


def test_training_loss_never_rises_with_the_degree_and_validation_picks_less(run_snippet):
    training, val, _, _ = run_snippet(f"{CHAPTER}/choices.py")["degrees"]()
    assert (training.diff(dim=0) <= 1e-12).all()
    assert (training.argmin(dim=0) == 9).all()
    assert val.argmin(dim=0).double().mean() < 6


def test_early_stopping_is_gradient_descent_on_the_training_rows(run_snippet):
    choices = run_snippet(f"{CHAPTER}/choices.py")
    training, val, off, of_all = choices["many_features"](num_epochs=60)
    assert (training.diff(dim=0) <= 1e-6).all()
    assert off[0].tolist() == of_all[0].tolist() == pytest.approx([2.0] * 20)
    assert val.shape == off.shape == of_all.shape == (60, 20)
    torch.manual_seed(8)
    X, y = torch.randn(2, 12, 5), torch.randn(2, 12)
    w = torch.zeros(2, 5, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.05)
    for _ in range(9):
        optimizer.zero_grad()
        ((X @ w[..., None])[..., 0] - y).square().mean(dim=1).sum().backward()
        optimizer.step()
    mine = choices["descent"](X, y, num_epochs=10)[-1]
    torch.testing.assert_close(mine, w.detach(), rtol=1e-4, atol=1e-5)


def test_stopping_is_compared_with_a_run_on_all_rows(run_snippet):
    compare = run_snippet(f"{CHAPTER}/early.py")["compare"]
    (_, _, high), (_, _, high_same), _ = compare(30, 10, 30)
    assert high_same < high < 0.8
    (_, low, _), (_, _, high_same), _ = compare(30, 30, 20)
    assert low > 1 > high_same, "more rows beat stopping, though stopping helps"
    assert compare(1000, 30, 30)[0][1] > 1
    (_, low, _), (_, low_same, high_same), _ = compare(1000, 300, 30)
    assert low > 1.2 and low_same < 1 < high_same < 1.2


def test_run_that_diverged_counts_as_its_start(run_snippet):
    effect = run_snippet(f"{CHAPTER}/trials.py")["effect"]
    bad = torch.tensor([float("nan"), float("inf"), 1e9, 100.0])
    factor, low, high = effect(torch.ones(4), bad, worst=100.0)
    assert (factor, low, high) == pytest.approx((0.01, 0.01, 0.01))


def test_own_intervals_hold_the_truth_except_where_hardly_anything_differs():
    path = Path(__file__).parents[3] / "snippets" / CHAPTER / "own_coverage.out"
    rows = [line.rsplit(maxsplit=2) for line in path.read_text("utf-8").splitlines()[1:]]
    held = {name.strip(): int(share) for name, _, share in rows}
    assert held.pop("clipping, clean") < 70
    assert 80 < held.pop("clipping, wild row") < 92
    assert len(held) == 5 and all(93 <= share <= 97 for share in held.values())


def test_looking_is_never_much_worse_than_not_looking(run_snippet):
    looking = run_snippet(f"{CHAPTER}/looks.py")["looking"]
    good, alone, guess = looking(0.1, 0.5)
    assert (0.1 < guess).all() and (guess < 0.5).all()
    torch.testing.assert_close(good, alone, rtol=0.01, atol=0)
    seen, blind, _ = looking()
    start = run_snippet(f"{CHAPTER}/comparisons.py")["START"]
    blind = torch.nan_to_num(blind, nan=start).clamp(max=start)
    assert (seen < 1.5 * blind).all() and (seen < 0.1 * blind).sum() > 5


def test_pairs_see_what_two_groups_apart_do_not(run_snippet):
    run = run_snippet(f"{CHAPTER}/paired.py")
    assert run["half"] < 0.2 * run["apart"]
    assert run["mean"] + run["half"] < 0 < run["mean"] + run["apart"]
    assert run.number("same batches", "wins on") >= 18
    assert 6 <= run.number("own batches", "wins on") <= 14
    assert run["b"][0] > run["a"][0], "the first seed says the opposite"


def test_log_read_back_holds_what_was_written(run_snippet):
    run = run_snippet(f"{CHAPTER}/watch.py")
    tags = run["events"].Tags()["scalars"]
    assert tags == ["loss/training", "loss/validation"]
    for tag, losses in (("loss/training", run["training"]), ("loss/validation", run["val"])):
        points = run["events"].Scalars(tag)
        assert [p.step for p in points] == list(range(200))
        assert [p.value for p in points] == pytest.approx(losses, rel=1e-6)


def test_forest_says_what_the_single_runs_say(run_snippet):
    rows = run_snippet(f"{CHAPTER}/forest.py")["ROWS"]
    schedules = run_snippet(f"{CHAPTER}/schedules.py")
    assert rows["schedule"][0][0] == pytest.approx(
        schedules.number("schedule, batches of 5: factor"), rel=0.01
    )
    assert rows["clipping"][2][0] == pytest.approx(1, abs=0.01)
    for row in rows.values():
        assert row[0][2] < 1 and row[2][2] > 0.99, "one case helps, one does not"
    lost = [row[0][3] for row in rows.values()]
    assert lost == [20, 0, 0, 0, 0, 18, 3] and not any(row[2][3] for row in rows.values())
