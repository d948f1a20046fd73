"""Tries the reader's numerical gradient, then the mended one."""

import torch


def known(theta):
    return theta[0] ** 3 + 2 * theta[0] * theta[1] + torch.sin(theta[2])


def check(attempt):
    measure = attempt.function("numerical_gradient", "f, theta, h", "the gradient")
    theta = torch.tensor([0.8, -1.1, 0.4], dtype=torch.float64)
    right = torch.stack(
        [3 * theta[0] ** 2 + 2 * theta[1], 2 * theta[0], torch.cos(theta[2])]
    )
    with attempt.own_data("a function of 3 parameters"):
        mine = measure(known, theta, 1e-3)
        attempt.must(
            not measure.changed,
            "numerical_gradient changes the theta that it was given: take each step "
            "on a copy, or later slopes are measured at another place.",
        )
        mine = attempt.tensor(mine, (3,), "Your numerical gradient")
        ahead = torch.stack(
            [known(theta + 1e-3 * e) - known(theta) for e in torch.eye(3).double()]
        )
        attempt.must(
            not torch.allclose(mine, ahead / 1e-3, rtol=1e-9),
            "Yours are forward differences, of order one: step back as well, and "
            "divide by 2 h.",
        )
        attempt.equal(
            mine,
            right,
            {
                2: "Your slopes are twice what they should be: the two ends are 2 h "
                "apart.",
                -1: "Your slopes have the wrong sign: ahead minus back.",
            },
            "Your slopes are {mine}, they must be {theirs}. Does each step move one "
            "parameter only, and start from theta?",
        )
    attempt.must(
        attempt.culprit in ("a", "k", "c"), '`culprit` must be "a", "k" or "c".'
    )
    attempt.must(
        attempt.culprit == "k",
        f'For "{attempt.culprit}" the two gradients agree to all digits: compare the '
        "printed lines entry by entry.",
    )
    gradient = attempt.function("gradient", "theta", "the gradient")
    right = measure(attempt.cost, theta, 6e-6)
    mine = attempt.tensor(gradient(theta), (3,), "Your gradient")
    for j, name in enumerate("akc"):
        attempt.equal(
            mine[j].item(),
            right[j].item(),
            {-1: f"Your slope for {name} has the wrong sign: the derivative of "
                "exp(-k x) for k is -x exp(-k x)."},
            f"Your slope for {name} is {{mine}}, measured it is {{theirs}}: which "
            "inner derivative is missing?",
        )
    return (
        "Right: the derivative of exp(-k x) for k brings -x, and the -1 alone was "
        "there. Measuring told you where to look; the chain rule told you why."
    )
