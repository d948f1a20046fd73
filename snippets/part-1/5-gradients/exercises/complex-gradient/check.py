"""Compares the reader's complex steps with autograd, digit by digit."""

import torch


def cost(theta):
    return theta[0] ** 2 * torch.exp(theta[1]) + torch.cos(theta[2] * theta[3]) * 2


def check(attempt):
    gradient = attempt.function("complex_gradient", "f, theta, h", "the gradient")
    theta = torch.tensor([0.7, -0.4, 1.2, 0.9], dtype=torch.float64)
    right = torch.func.grad(cost)(theta)
    asked = []

    def f(z):
        asked.append(z.is_complex())
        return cost(z)

    with attempt.own_data("4 parameters"):
        mine = gradient(f, theta, 1e-20)
        attempt.must(
            any(asked),
            "Your function never calls f with a complex vector: convert theta with "
            ".to(torch.complex128), then add 1j * h.",
        )
        mine = attempt.tensor(mine, (4,), "Your gradient")
        attempt.must(
            not torch.allclose(mine, right.sum().expand(4)),
            "All your slopes are the same number, the sum of the right ones: step "
            "along one parameter at a time.",
        )
        attempt.must(
            mine.abs().max() > 0,
            "All your slopes are zero: the real part does not move by so small a step. "
            "The slope is in the imaginary part, `.imag`.",
        )
        attempt.must(
            mine.abs().max() > 1e-10,
            "Your slopes are almost zero: divide by h, and not only at the end.",
        )
        attempt.must(
            mine.abs().max() < 1e10,
            "Your slopes are huge: the slope is in the imaginary part, `.imag`. The "
            "real part is f itself.",
        )
        attempt.equal(
            mine,
            right,
            {
                0.5: "Your slopes are half of what autograd gets: one end is enough, "
                "so divide by h.",
                -1: "Your slopes have the wrong sign: step by +1j * h.",
            },
            "Your slopes are {mine}, autograd gets {theirs}. Does each step start from "
            "the unchanged theta?",
        )
        attempt.must(
            torch.allclose(mine, right, rtol=1e-14, atol=0),
            "Your slopes agree with autograd to a few digits only: where is a real "
            "difference taken, or float32 used?",
        )
    return (
        "Right, to the last digit: nothing is subtracted, so nothing is lost. It still "
        "takes one evaluation for each parameter."
    )
