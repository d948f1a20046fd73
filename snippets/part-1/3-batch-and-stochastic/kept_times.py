"""Seconds of a step for each batch size, kept by wall_clock.py --keep."""

MADE = "Intel(R) Xeon(R) Processor, one thread, torch 2.13.0+cpu, 2026-11-21"
BY_HAND = {
    1: 9.879e-05,
    4: 1.041e-04,
    16: 1.113e-04,
    64: 1.193e-04,
    256: 1.507e-04,
    1024: 2.953e-04,
    4096: 6.987e-04,
    16384: 1.906e-03,
}
LOADER = {
    1: 1.287e-04,
    4: 1.412e-04,
    16: 1.721e-04,
    64: 2.987e-04,
    256: 8.066e-04,
    1024: 2.754e-03,
    4096: 1.079e-02,
    16384: 5.187e-02,
}
