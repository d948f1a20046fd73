"""Reads a contour map with a ruler."""

steepest = "B"  # evenly spaced heights: close contours, steep land
way_from_B = "down"  # across the contour, to lower heights

# Along the level line through A, contours 3 and 5 stand at 4.46 and 5.47.
gradient_at_A = (5 - 3) / (5.47 - 4.46)

# The contour of height 4 reaches 4.0 to the right of + and 1.33 above it.
kappa = (4.0 / 1.33) ** 2

# Along b, with half-axis a: c = lambda a^2 / 2, so lambda = 2 c / a^2.
steep_curvature = 2 * 4 / 1.33**2
largest_rate = 2 / steep_curvature

print(f"steepest: {steepest}, from B: {way_from_B}")
print(f"gradient at A: {gradient_at_A:.2f}")
print(f"condition number {kappa:.1f}, largest rate {largest_rate:.2f}")
