"""The gradient of the main run, measured; and what gradcheck says of right and wrong."""

import pytest
import torch
from torch.autograd import gradcheck
from torch.autograd.gradcheck import GradcheckError

FOLDER = "part-1/5-gradients/"


@pytest.fixture
def check(run_snippet):
    return run_snippet(FOLDER + "check_by_hand.py")


@pytest.fixture
def run(run_snippet):
    return run_snippet(FOLDER + "gradcheck_run.py")


def test_measured_gradient_is_that_of_autograd_and_by_hand(check):
    exact = torch.func.grad(check["cost"])(check["theta"])
    torch.testing.assert_close(check["numerical"], exact, rtol=1e-8, atol=1e-8)
    torch.testing.assert_close(check["analytical"], exact, rtol=1e-12, atol=1e-12)


def test_data_and_start_are_those_of_the_main_run(check, run_snippet):
    main = run_snippet("part-1/2-linear-regression/by_hand.py")
    assert main.number("first gradient", "for w") == pytest.approx(
        check["analytical"][0].item(), abs=6e-5
    )


def test_right_gradient_agrees_and_a_missing_factor_shows(check):
    error = check["relative_error"]
    assert error(check["numerical"], check["by_hand"](check["theta"])) < 1e-8
    assert error(check["numerical"], check["wrong"](check["theta"])) > 0.05
    assert "by hand: agree" in check.printed and "wrong: differ by" in check.printed


def test_one_random_direction_tells_right_from_wrong(check):
    v = check["v"]
    assert check["slope"].item() == pytest.approx((v @ check["analytical"]).item(), rel=1e-8)
    wrong = (v @ check["wrong"](check["theta"])).item()
    assert abs(check["slope"].item() - wrong) > 0.1
    assert check.number("v times gradient, by hand") == check.number("along a random v: slope")
    assert check.number("v times gradient, wrong") == pytest.approx(wrong, abs=6e-7)


def test_a_step_of_1_is_exact_for_a_parabola_and_the_small_one_is_not(check):
    assert "h = 6e-06: error below 1e-14: False" in check.printed
    assert "h = 1: error below 1e-14: True" in check.printed
    measure, exact = check["numerical_gradient"], check["analytical"]
    errors = [(measure(check["cost"], check["theta"], h) - exact).abs().max() for h in (1, 6e-6)]
    assert errors[0] < 1e-14 < 1e-13 < errors[1] < 1e-8


def test_jacobian_of_gradcheck_is_the_transpose_of_ours():
    """Two numbers in, three out: a mismatch shows matrices of two rows and three columns."""

    class Wrong(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return torch.stack([x[0], x[1], x[0] + 2 * x[1]])

        @staticmethod
        def backward(ctx, grad_output):
            return torch.zeros(2, dtype=torch.float64)

    x = torch.tensor([0.5, -1.0], dtype=torch.float64, requires_grad=True)
    with pytest.raises(GradcheckError) as error:
        gradcheck(Wrong.apply, x)
    numbers = str(error.value).split("analytical")[0].split("tensor(")[1].split(", dtype")[0]
    measured = torch.tensor(eval(numbers.replace("\n", "")))
    expected = torch.tensor([[1.0, 0.0, 1.0], [0.0, 1.0, 2.0]])
    torch.testing.assert_close(measured, expected, rtol=1e-3, atol=1e-3)


def test_a_wrong_gradient_passes_along_a_direction_perpendicular_to_its_error(check):
    error = check["wrong"](check["theta"]) - check["analytical"]
    v = torch.tensor([error[1], -error[0]])
    assert (v @ check["wrong"](check["theta"])).item() == pytest.approx(
        (v @ check["analytical"]).item()
    )


def test_gradcheck_passes_the_right_derivative_in_float64_and_refuses_the_wrong_one(run):
    lines = run.printed.splitlines()
    assert lines[0] == "float64: True"
    assert lines[1].startswith("wrong sign: Jacobian mismatch for output 0")
    x = torch.linspace(-3, 3, 5, dtype=torch.float64, requires_grad=True)
    assert gradcheck(run["Softplus"].apply, x)
    torch.testing.assert_close(run["Softplus"].apply(x), torch.nn.functional.softplus(x))


def test_in_float32_gradcheck_warns_and_blames_a_derivative_that_is_right(run):
    warning = "UserWarning: Input #0 requires gradient and is not a double precision"
    assert run.printed.count(warning) == 2
    assert "float32: Jacobian mismatch" in run.printed
    x = torch.tensor([0.5, -1.0], requires_grad=True)
    run["Softplus"].apply(x).sum().backward()
    expected = torch.sigmoid(torch.tensor([0.5, -1.0], dtype=torch.float64))
    torch.testing.assert_close(x.grad.double(), expected, rtol=1e-6, atol=1e-7)
    assert "eps=5e-3: True" in run.printed.splitlines()


def test_step_and_tolerances_of_gradcheck_are_those_named():
    import inspect

    defaults = {n: p.default for n, p in inspect.signature(gradcheck).parameters.items()}
    assert (defaults["eps"], defaults["atol"], defaults["rtol"]) == (1e-6, 1e-5, 1e-3)


def test_at_the_step_of_gradcheck_float32_is_above_its_tolerance_and_float64_far_below(run):
    assert run["share"](torch.float32, 1e-6) > 50
    assert run["share"](torch.float64, 1e-6) < 1e-6


def test_a_larger_step_leaves_room_in_float32_with_the_tolerances_as_they_are(run):
    assert 1e-2 < run["share"](torch.float32, 5e-3) < 0.1
    x = torch.linspace(-2, 2, 101, requires_grad=True)
    with pytest.warns(UserWarning, match="not a double precision"):
        assert gradcheck(run["Softplus"].apply, x, eps=5e-3)
