"""Seconds of all slopes by differences, and of a backward pass."""

SECONDS = {
    10: (1.744e-04, 3.966e-05),
    100: (1.689e-03, 4.012e-05),
    1000: (1.716e-02, 4.182e-05),
    10000: (2.402e-01, 6.308e-05),
    100000: (3.250e+01, 7.727e-04),
}
