"""Read a contour map with a ruler.

The map stands in the exercise; its lowest point (+) lies at w = 1, b = 2, where the
cost is 0. Its contours rise in steps of 1. Put your answers in place of the dots.
"""

# Which of the points is the steepest: "A", "B" or "C"?
steepest = ...

# A step of gradient descent from B goes "left", "right", "up" or "down" on the map?
way_from_B = ...

# Estimate the length of the gradient at A: contour spacing and rise.
gradient_at_A = ...

# Estimate the condition number from the length and the width of one contour.
kappa = ...

# Estimate the largest learning rate: B lies on the contour of height 4.
largest_rate = ...

print(f"steepest: {steepest}, from B: {way_from_B}")
print(f"gradient at A: {gradient_at_A}")
print(f"condition number {kappa}, largest rate {largest_rate}")
