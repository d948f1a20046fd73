"""What the page says of tensors: shapes, dtypes, memory, and messages."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

CHAPTER = "part-1/1-what-is-a-training-loop/"
FOLDER = Path(__file__).resolve().parents[3] / "snippets" / CHAPTER


def test_shapes_and_dtypes_are_those_on_the_page(run_snippet):
    run = run_snippet(CHAPTER + "tensors.py")
    assert run["scores"].dtype == run["noise"].dtype == torch.float32
    assert run["mean"].shape == () and isinstance(run["mean"].item(), float)
    assert torch.arange(6).dtype == torch.int64


def test_a_view_shares_its_memory_and_a_clone_does_not(run_snippet):
    run = run_snippet(CHAPTER + "tensors.py")
    assert run["steps"][0] == run["table"][0, 0] == 100
    assert run["table"].data_ptr() == run["steps"].data_ptr()
    assert run["table"].clone().data_ptr() != run["steps"].data_ptr()


def test_products_are_those_of_numpy(run_snippet):
    run = run_snippet(CHAPTER + "tensors.py")
    X, w, W = (run[name].numpy() for name in ("X", "w", "W"))
    np.testing.assert_allclose(np.einsum("nd,d->n", X, w), (run["X"] @ run["w"]).numpy())
    np.testing.assert_allclose(
        np.einsum("nd,kd->nk", X, W), (run["X"] @ run["W"].T).numpy()
    )


def test_broadcasting_is_that_of_numpy(run_snippet):
    run = run_snippet(CHAPTER + "broadcasting.py")
    table, row, column = (run[name] for name in ("table", "row", "column"))
    for a, b in ((table, row), (table, column), (column, row)):
        assert (a + b).tolist() == (a.numpy() + b.numpy()).tolist()
    assert (torch.ones(4, 1) - torch.ones(4)).shape == (4, 4)
    assert run.figures == ("stretch",)


MESSAGES = {
    "matmul": "mat1 and mat2 shapes cannot be multiplied (3x2 and 4x2)",
    "view": "view size is not compatible with input tensor's size and stride (at "
    "least one dimension spans across two contiguous subspaces). Use .reshape(...) "
    "instead.",
    "size": "shape '[4, 2]' is invalid for input of size 6",
    "item": "a Tensor with 6 elements cannot be converted to Scalar",
    "add": "The size of tensor a (2) must match the size of tensor b (3) at "
    "non-singleton dimension 1",
}


@pytest.mark.parametrize("slip", MESSAGES)
def test_slip_raises_the_exact_message(run_snippet, slip):
    run = run_snippet(CHAPTER + "tensor_slips.py")
    with pytest.raises(RuntimeError) as raised:
        run["slips"][slip]()
    assert str(raised.value) == MESSAGES[slip]
    assert f"{slip}: {MESSAGES[slip]}" in run.printed


def test_a_transpose_is_not_contiguous_and_reshape_copies_it(run_snippet):
    X = run_snippet(CHAPTER + "tensor_slips.py")["X"]
    assert not X.T.is_contiguous()
    assert X.T.reshape(6).tolist() == [1.0, 3.0, 5.0, 2.0, 4.0, 6.0]
    assert X.T.reshape(6).data_ptr() != X.data_ptr()


def test_whole_numbers_with_a_gradient_raise_the_exact_message(run_snippet):
    message = "Only Tensors of floating point and complex dtype can require gradients"
    with pytest.raises(RuntimeError, match=f"^{message}$"):
        run_snippet(CHAPTER + "integer_gradient.py")
    last = (FOLDER / "integer_gradient.out").read_text().splitlines()[-1]
    assert last == f"RuntimeError: {message}"


def test_interactive_figure_starts_where_the_run_by_hand_does(run_snippet):
    run = run_snippet(CHAPTER + "parabola.py")
    line = run_snippet(CHAPTER + "interactive_data.py").printed.splitlines()[0]
    start = json.loads(line.removeprefix("parabola: "))
    assert (start["x"], start["rate"]) == (run["path"][0], run["lr"])
    x = 1.7
    loss = start["a"] * (x - start["c"]) ** 2 + start["d"]
    assert loss == pytest.approx((x - 3) ** 2 + 2)


def test_drawn_overviews_have_their_parts(run_snippet):
    ring = run_snippet(CHAPTER + "anatomy.py")
    assert ring["PARTS"] == ("forward", "loss", "gradient", "update")
    dates = [year for year, _ in run_snippet(CHAPTER + "timeline.py")["EVENTS"]]
    assert dates == sorted(dates) and {1936, 1945, 1950, 1956, 1958, 1969, 2012, 2016} <= {*dates}
