"""The graph that backward() walks."""

from functools import partial

import pytest
import torch


@pytest.fixture
def graph(run_snippet):
    return run_snippet("part-1/2-linear-regression/graph.py")


def names(graph, loss):
    return [graph["label"](node) for node, _, _ in graph["walk"](graph[loss].grad_fn)]


def test_every_operation_by_hand_is_one_node_in_reverse_order(graph):
    operations = [name for name in names(graph, "loss_by_hand") if "Backward" in name]
    kinds = [name.removesuffix("Backward0") for name in operations]
    assert kinds == ["Mean", "Pow", "Sub", "Add", "Mul"]


def test_leaves_are_the_parameters_with_their_shapes(graph):
    leaves = sorted(
        name for name in names(graph, "loss_by_hand") if "Accumulate" in name
    )
    assert leaves == ["AccumulateGrad b (1,)", "AccumulateGrad w (1,)"]
    leaves = sorted(
        name for name in names(graph, "loss_of_parts") if "Accumulate" in name
    )
    assert leaves == ["AccumulateGrad bias (1,)", "AccumulateGrad weight (1, 1)"]


def test_parts_of_torch_need_one_node_for_the_loss_and_one_for_the_layer(graph):
    operations = [name for name in names(graph, "loss_of_parts") if "Backward" in name]
    assert operations == ["MseLossBackward0", "AddmmBackward0", "TBackward0"]


def test_printed_lines_are_the_nodes_in_the_order_of_the_walk(graph):
    lines = [
        line.strip() for line in graph.printed.splitlines() if line.startswith(" ")
    ]
    assert lines == names(graph, "loss_by_hand") + names(graph, "loss_of_parts")


def test_gradients_really_pass_through_the_nodes_in_that_order(graph):
    """Hooks on the nodes write down what backward() visits, and it visits the same."""
    visited, handles = [], []
    for node, _, _ in graph["walk"](graph["loss_by_hand"].grad_fn):
        if hasattr(node, "variable"):
            continue

        note = partial(lambda name, *_: visited.append(name), node.name())
        handles.append(node.register_hook(note))
    leaves = [graph["w"], graph["b"]]
    torch.autograd.grad(graph["loss_by_hand"], leaves, retain_graph=True)
    for handle in handles:
        handle.remove()
    expected = [
        name for name in names(graph, "loss_by_hand") if "Accumulate" not in name
    ]
    assert visited == expected


def test_figure_names_every_node(graph):
    assert graph.figures == ("graph",)
    drawn = {
        text.get_text().replace("\n", " ") for ax in graph["axes"] for text in ax.texts
    }
    assert set(names(graph, "loss_by_hand") + names(graph, "loss_of_parts")) <= drawn
