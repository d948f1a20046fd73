"""Corrects a shower's tap by what the hand feels, with three sizes of correction."""

import matplotlib.pyplot as plt

comfortable = 38  # degrees Celsius


# --8<-- [start:tap]
def temperature(tap):
    return 12 + 0.5 * tap  # the bather does not know this


def correct(lr, num_steps=10):
    tap, felt = 20.0, []
    for _ in range(num_steps + 1):
        water = temperature(tap)  # try it
        too_cold = comfortable - water  # how wrong is it?
        tap = tap + lr * too_cold  # turn, the more the worse it was
        felt.append(water)
    return felt
# --8<-- [end:tap]


names = {0.4: "timid", 1.6: "sensible", 4.1: "hasty"}
runs = {lr: correct(lr) for lr in names}
for lr, felt in runs.items():
    print(f"{names[lr]}: turn {lr} for each degree", end=", ")
    print(f"first {felt[0]:.1f}, then {felt[1]:.1f}", end=", ")
    print(f"after 10 corrections {felt[-1]:.1f}")

fig, ax = plt.subplots(num="shower", figsize=(5.4, 3.4))
ax.plot([0, 10], [comfortable] * 2, "--", color="C6")
for (lr, felt), style in zip(runs.items(), (":", "-", "--")):
    ax.plot(felt, "o" + style, color="C1", markersize=4)
for name, height in ("timid", 34.5), ("sensible", 40.8), ("hasty", 12):
    ax.annotate(name, (10.3, height), color="C1", va="center")
ax.annotate("comfortable", (12.7, 40.8), color="C6", va="center")
ax.set(xlim=(-0.4, 15.8), ylim=(0, 70), xticks=range(0, 11, 2))
ax.set(xlabel="number of corrections", ylabel="temperature in °C")
plt.show()
