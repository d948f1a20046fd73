"""What can go wrong: exact messages, silent wrong gradients, and their cures."""

import re
from pathlib import Path

import pytest
import torch

FOLDER = "part-1/5-gradients/"
OUTPUTS = Path(__file__).resolve().parents[3] / "snippets" / FOLDER
IN_PLACE = (
    "one of the variables needed for gradient computation has been modified by an inplace "
    "operation: [torch.FloatTensor [3]], which is output 0 of Sigmoid, is at version 1; expected "
    "version 0 instead."
)
AGAIN = (
    "RuntimeError: Trying to backward through the graph a second time (or directly access saved "
    "tensors after they have already been freed). Saved intermediate values of the graph are "
    "freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need "
    "to backward through the graph a second time or if you need to access saved tensors after "
    "calling backward."
)


def test_change_in_place_after_sigmoid_raises_the_exact_message(run_snippet):
    with pytest.raises(RuntimeError, match=f"^{re.escape(IN_PLACE)}"):
        run_snippet(FOLDER + "in_place.py")
    lines = (OUTPUTS / "in_place.out").read_text("utf-8").splitlines()
    assert lines[-1].startswith(f"RuntimeError: {IN_PLACE}")
    assert lines[1] == "in place after a sum: [2.0, 2.0, 2.0]"
    assert lines[2:4] == ["saved: True, version 0", "after the change: version 1"]


@pytest.mark.parametrize("operation", [torch.tanh, torch.exp, torch.sigmoid])
def test_operations_that_save_their_result_refuse_a_change_of_it(operation):
    w = torch.tensor([0.5, -1.0], requires_grad=True)
    h = operation(w)
    h *= 2
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        h.sum().backward()


def test_data_gives_the_wrong_gradient_that_the_text_explains(run_snippet):
    run = run_snippet(FOLDER + "data_silent.py")
    w = torch.tensor([0.5, -1.0, 2.0])
    s = torch.sigmoid(w)
    wrong, measured = run["w"].grad, run["measured"]
    torch.testing.assert_close(wrong, 2 * s * (1 - 2 * s))
    torch.testing.assert_close(measured.float(), 2 * s * (1 - s), rtol=1e-6, atol=1e-7)
    assert (torch.sign(wrong) != torch.sign(measured)).sum() == 2
    assert f"with detach(): {IN_PLACE}"[:89] in run.printed


def test_cut_paths_leave_the_loss_right_and_the_slope_wrong(run_snippet):
    run = run_snippet(FOLDER + "cut_graph.py")
    measured = run.number("cut, detach and all, by differences")
    assert run.number("whole", "slope") == measured
    ahead, back = (run["loss_of"](run["place"] + h, run["cut"]) for h in (1e-5, -1e-5))
    assert ((ahead - back) / 2e-5).item() == pytest.approx(measured, abs=6e-5)
    assert run.number("cut", "slope") == run.number("under_no_grad", "slope")
    assert run.number("cut", "loss") == run.number("whole", "loss")
    # With the denominator held at 10: 2 (3/10 - 1) / 10 + 2 * 3 / 10.
    assert run.number("cut", "slope") == pytest.approx(2 * (0.3 - 1) / 10 + 0.6, abs=5e-5)


def test_when_all_paths_are_cut_the_message_is_that_of_chapter_1_2():
    w = torch.tensor(3.0, requires_grad=True)
    with torch.no_grad():
        loss = w**2
    message = "element 0 of tensors does not require grad and does not have a grad_fn"
    for cut in (loss, (w**2).detach()):
        with pytest.raises(RuntimeError, match=message):
            cut.backward()


def test_gradient_of_a_result_is_none_with_the_warning_unless_retained(run_snippet):
    run = run_snippet(FOLDER + "non_leaf_grad.py")
    warning, none, kept = run.printed.splitlines()
    assert warning.startswith(
        "UserWarning: The .grad attribute of a Tensor that is not a leaf Tensor is being accessed."
    )
    assert "use .retain_grad() on the non-leaf Tensor" in warning
    assert (none, kept) == ("square.grad: None", "kept: 16.0")


def test_second_backward_raises_where_values_were_saved_and_only_there(run_snippet):
    run = run_snippet(FOLDER + "backward_again.py")
    assert run.printed.splitlines()[0] == AGAIN
    assert run.number("a sum, twice") == 2
    assert run.number("kept for the second time") == 12


def test_parts_added_up_are_as_many_times_the_whole(run_snippet):
    run = run_snippet(FOLDER + "accumulation.py")
    assert run.number("three parts, added up") == 3
    assert run.number("each divided by three") == 1


def test_unequal_parts_must_be_weighted_by_their_share():
    X = torch.linspace(-1, 1, 10, dtype=torch.float64)
    y = 3 * X + 1

    def slope(chosen, weight):
        w = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
        (weight * ((w * X[chosen] - y[chosen]) ** 2).mean()).backward()
        return w.grad.item()

    whole = slope(slice(0, 10), 1)
    parts = slice(0, 7), slice(7, 10)
    weighted = slope(parts[0], 0.7) + slope(parts[1], 0.3)
    assert weighted == pytest.approx(whole)
    assert abs(slope(parts[0], 0.5) + slope(parts[1], 0.5) - whole) > 0.1


def test_vector_loss_wants_a_row_of_weights_and_its_jacobian_has_a_row_a_sample(run_snippet):
    run = run_snippet(FOLDER + "vector_loss.py")
    w = torch.tensor(0.0, requires_grad=True)
    message = "^grad can be implicitly created only for scalar outputs$"
    with pytest.raises(RuntimeError, match=message):
        (w * run["X"]).backward()
    assert run.number("weighted") == run.number("of the mean")
    assert run["jacobian"].mean().item() == pytest.approx(run.number("weighted"), abs=6e-5)
    assert run["jacobian"].shape == (5,)


def test_corner_and_root_behave_as_the_text_says(run_snippet):
    run = run_snippet(FOLDER + "corners.py")
    assert "|x| at 0e+00: forward 1.0, central 0.0, autograd 0.0" in run.printed
    assert "|x| at 4e-04: forward 1.0, central 0.4, autograd 1.0" in run.printed
    assert "values [0.0, 2.0], slopes [nan, 0.25]" in run.printed
    assert "guarded inside: slopes [0.0, 0.25]" in run.printed


@pytest.mark.filterwarnings("ignore:Anomaly Detection")
@pytest.mark.filterwarnings("ignore:Error detected in")
def test_anomaly_mode_names_the_root_as_the_first_nan():
    with torch.autograd.detect_anomaly():
        x = torch.tensor([0.0, 4.0], requires_grad=True)
        safe = torch.where(x > 0, torch.sqrt(x), 0.0)
        with pytest.raises(RuntimeError, match="'SqrtBackward0' returned nan values"):
            safe.sum().backward()
