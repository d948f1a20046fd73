"""What must be true of the fall."""

import pytest


@pytest.mark.equation("rule")
def test_a_step_goes_downhill() -> None:
    w = -0.5 - 0.1 * 2 * (-0.5 - 2)
    assert abs(w - 2) < 2.5
