"""Predict what the loop on (x - 3)^2 + 2 does at other rates, then run it.

1. Predict, before you run anything: replace each ... in predicted by one of the words
       "lands"     x is at 3 after a single step
       "settles"   after 20 steps less than a hundredth of the error is left
       "creeps"    after 20 steps more than a tenth of the error is left, and it shrinks
       "jumps"     x goes to and fro between two places for ever
       "explodes"  x moves away, further with every step
2. Complete factor: what one step multiplies the error x - 3 by.
3. Complete steps_needed: the smallest number of steps after which at most the given
   share of the error is left, or float('inf') if that never happens.
"""

import math  # noqa: F401, for math.inf

predicted = {0.02: ..., 0.3: ..., 0.5: ..., 0.98: ..., 1.0: ..., 1.3: ...}


def factor(lr):
    """Return what one step multiplies the error by."""
    raise NotImplementedError("return the factor of one step in factor")


def steps_needed(lr, share):
    """Return a whole number of steps, or float("inf")."""
    raise NotImplementedError("count the steps in steps_needed")


for lr, word in predicted.items():
    print(f"rate {lr}: factor {factor(lr):.2f}, you said {word}", end=", ")
    print(f"steps to a hundredth {steps_needed(lr, 0.01)}")
