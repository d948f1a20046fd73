"""Four slips with autograd: each message is the one that torch gives elsewhere too."""

import pytest
import torch


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/2-linear-regression/common_errors.py")


def leaf():
    return torch.zeros(3, requires_grad=True)


def non_leaf():
    torch.optim.Adam([leaf() + 1])


def backward_twice():
    total = leaf().exp().sum()
    total.backward()
    total.backward()


def vector_loss():
    (leaf() * 2).backward()


def to_numpy():
    leaf().numpy()


@pytest.mark.parametrize(
    ("slip", "made"),
    [
        ("non-leaf parameter", non_leaf),
        ("second backward", backward_twice),
        ("vector loss", vector_loss),
        ("numpy", to_numpy),
    ],
)
def test_message_is_that_of_another_example_of_the_slip(run, slip, made):
    with pytest.raises((RuntimeError, ValueError)) as caught:
        made()
    (line,) = [x for x in run.printed.splitlines() if x.startswith(f"{slip}: ")]
    kind, message = line.removeprefix(f"{slip}: ").split(": ", 1)
    assert kind == caught.type.__name__
    assert str(caught.value).startswith(message)
    assert len(message) > 30


def test_every_slip_prints_one_line_with_the_words_to_search_for(run):
    lines = run.printed.splitlines()
    assert len(lines) == 4
    assert "can't optimize a non-leaf Tensor" in lines[0]
    assert "Trying to backward through the graph a second time" in lines[1]
    assert "grad can be implicitly created only for scalar outputs" in lines[2]
    assert "Use tensor.detach().numpy() instead." in lines[3]
