"""Checks predicted and general counts, then counts the reader's calls."""

import torch

RIGHT = {
    "forward differences": lambda P: P + 1,
    "central differences": lambda P: 2 * P,
    "dual numbers": lambda P: P,
    "backward": lambda P: 1,
}


def slip(way, P, count):
    """What to say of a wrong count."""
    if way == "forward differences" and count == P:
        return "the base L(theta) has to be evaluated too, once for all slopes."
    if way == "forward differences" and count == 2 * P:
        return "the base L(theta) is the same for all slopes: evaluate it once."
    if way == "central differences" and count in (P + 1, 2 * P + 1):
        return "a central difference has two ends of its own for each slope, no base."
    if way == "dual numbers" and count == 1:
        return "one pass carries one slope along: a pass for each parameter."
    if way == "backward" and count in (P, P + 1):
        return "one walk back from the loss reaches every parameter."
    return "think of what is evaluated anew for each parameter, and what is shared."


def check(attempt):
    predicted = attempt.predicted
    for way, right in RIGHT.items():
        count = attempt.number(predicted.get(way, ...), f'`predicted["{way}"]`')
        words = slip(way, 1000, count)
        attempt.must(count == right(1000), f"For {way} you predict {count:g}: {words}")

    calls = attempt.function("calls", "way, P", "the count")
    for P in (3, 50):
        for way, right in RIGHT.items():
            count = attempt.number(calls(way, P), f"What calls returns for {way}")
            words = slip(way, P, count)
            attempt.must(
                count == right(P),
                f"For {way} and P = {P} your calls returns {count:g}: {words}",
            )

    directional = attempt.function("directional", "cost, theta, v, h", "the slope")
    theta = torch.tensor([0.3, -1.2, 2.0], dtype=torch.float64)
    v = torch.tensor([1.0, 0.5, -2.0], dtype=torch.float64)
    asked = []

    def cost(theta):
        asked.append(theta)
        return theta[0] * theta[1] ** 2 + torch.exp(theta[2])

    right = theta[1] ** 2 * v[0] + 2 * theta[0] * theta[1] * v[1]
    right = right + torch.exp(theta[2]) * v[2]
    with attempt.own_data("3 parameters"):
        slope = attempt.number(directional(cost, theta, v, 6e-6), "Your slope along v")
        attempt.equal(
            slope,
            right.item(),
            {
                2: "Your slope along v is twice what it should be: the two ends are "
                "2 h apart.",
                -1: "Your slope along v has the wrong sign: ahead minus back.",
                1 / v.norm().item(): "Your slope is per unit of length: leave v as "
                "long as it is, so that it equals v times the gradient.",
            },
            "Your slope along v is {mine}, v times the gradient is {theirs}.",
        )
        attempt.must(
            len(asked) >= 2,
            "Right, but one call of the cost is no central difference: measure it from "
            "two calls, one step ahead along v and one back.",
        )
        attempt.must(
            len(asked) > 2 or not any(torch.equal(place, theta) for place in asked),
            "Close, but this is a forward difference, of order one: step back along v "
            "as well, and divide by 2 h.",
        )
        attempt.must(
            len(asked) == 2,
            f"Right, but you call the cost {len(asked)} times: one step ahead along v "
            "and one back are enough, however many parameters there are.",
        )
    return (
        "Right: differences need a call for each parameter, backward() needs one, and "
        "a check along one direction needs two."
    )
