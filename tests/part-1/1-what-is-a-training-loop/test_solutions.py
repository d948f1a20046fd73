"""What the worked solutions compute, beyond what their checks ask for."""

import pytest

CHAPTER = "part-1/1-what-is-a-training-loop"


def test_majority_has_a_plane_and_the_weights_come_out_equal(solved):
    names = solved(f"{CHAPTER}/write-perceptron")
    assert names["mistakes"][-1] == 0
    assert names["w"][0] == names["w"][1] == names["w"][2] > 0
    z = names["X"] @ names["w"] + names["b"]
    assert (names["y"] * z > 0).all()
    assert (names["y"] * (names["X"].sum(dim=1) - 1.5) > 0).all()


def test_line_by_eye_has_the_bound_worked_out_by_hand(solved):
    names = solved(f"{CHAPTER}/find-bound")
    _, gamma, most = names["bound"](names["X1"], names["y"], names["by_eye"])
    assert float(gamma) == pytest.approx(0.5 / 4.25**0.5)
    assert float(most) == pytest.approx(51)


def test_wavy_loss_ends_elsewhere_from_another_start(solved):
    names = solved(f"{CHAPTER}/forget-nothing")
    ends = {
        round(names["minimise"](names["wavy"], start, 0.1, 60)[0][-1], 2)
        for start in (-2.0, 0.0, 2.0, 4.0)
    }
    assert len(ends) >= 2


@pytest.mark.parametrize("a", [0.25, 1.0, 4.0])
def test_measured_by_its_limit_every_parabola_is_alike(a, solved):
    names = solved(f"{CHAPTER}/another-parabola")
    for share, left in ((0.1, 0.8), (0.5, 0.0), (0.9, -0.8), (1.0, -1.0)):
        path = names["minimise"](7.0, a, -1.0, share * names["limit"](a), 1)
        assert (path[1] + 1) / 8 == pytest.approx(left, abs=1e-12)
