"""Seconds of a step for each batch size, kept by wall_clock.py --keep."""

SECONDS = {
    1: 1.164e-04,
    4: 1.096e-04,
    16: 1.096e-04,
    64: 1.164e-04,
    256: 1.407e-04,
    1024: 2.503e-04,
    4096: 6.451e-04,
    16384: 1.793e-03,
}
