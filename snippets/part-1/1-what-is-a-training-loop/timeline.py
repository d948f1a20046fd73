"""Draws the dates of the chapter's short history on one line of time."""

import matplotlib.pyplot as plt

EVENTS = [
    (1936, "Turing's universal machine"),
    (1945, "ENIAC is completed"),
    (1950, "the imitation game"),
    (1956, "workshop at Dartmouth"),
    (1958, "Rosenblatt's perceptron"),
    (1969, "Minsky and Papert: Perceptrons"),
    (1986, "backpropagation becomes known"),
    (2012, "AlexNet"),
    (2016, "AlphaGo"),
    (2020, "GPT-3"),
]
GAP = 4.3  # years between two lines of text, at least

fig, ax = plt.subplots(num="timeline", figsize=(4.6, 5.4))
ax.plot([0, 0], [1932, 2026], color="C6", linewidth=2)
ax.plot([0, 0], [1970, 1985], color="C6", linewidth=9, alpha=0.35)
ax.annotate("quiet years", (0.08, 1977.5), color="C6", va="center")
place = 0
for year, words in EVENTS:
    place = max(year, place + GAP)
    loops = year in (1958, 1986, 2012, 2016, 2020)  # a loop, or the method behind it
    color = "C1" if loops else "C0"
    ax.plot([0, 0.07], [year, place], color="C6", linewidth=0.8, zorder=1)
    fill = "full" if loops else "none"
    ax.plot(0, year, "o", color=color, markersize=8, fillstyle=fill)
    ax.annotate(f"{year}  {words}", (0.08, place), color=color, va="center")
ax.set(xlim=(-0.05, 1.0), ylim=(2030, 1931))
ax.axis("off")
plt.show()

names = [str(year) for year, _ in EVENTS]
print("dates:", ", ".join(names))
