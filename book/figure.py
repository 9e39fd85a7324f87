"""The picture that opens 20.1: the network in symbols."""

from matplotlib import pyplot

UNITS = {"$x_1$": (0, 1), "$x_2$": (0, 0), "$a^{(1)}_1$": (1, 1), "$a^{(1)}_2$": (1, 0), r"$\hat{y}$": (2, 0.5)}
WIRES = [  # from, to, weight, where its name stands on the wire
    ("$x_1$", "$a^{(1)}_1$", "$W^{(1)}_{11}$", 0.5), ("$x_1$", "$a^{(1)}_2$", "$W^{(1)}_{21}$", 0.28),
    ("$x_2$", "$a^{(1)}_1$", "$W^{(1)}_{12}$", 0.28), ("$x_2$", "$a^{(1)}_2$", "$W^{(1)}_{22}$", 0.5),
    ("$a^{(1)}_1$", r"$\hat{y}$", "$W^{(2)}_1$", 0.5), ("$a^{(1)}_2$", r"$\hat{y}$", "$W^{(2)}_2$", 0.5),
]
BIASES = {"$a^{(1)}_1$": "$+\\,b^{(1)}_1$", "$a^{(1)}_2$": "$+\\,b^{(1)}_2$", r"$\hat{y}$": "$+\\,b^{(2)}$"}


def draw_network():
    """Two inputs, two hidden units, one output: nine parameters, each at its place."""
    figure, axes = pyplot.subplots(figsize=(7, 3.4))
    for start, end, weight, along in WIRES:
        (x1, y1), (x2, y2) = UNITS[start], UNITS[end]
        axes.plot([x1, x2], [y1, y2], color="#1b6ca8", linewidth=1.5, zorder=1)
        axes.text(x1 + (x2 - x1) * along, y1 + (y2 - y1) * along, weight, ha="center", va="center", fontsize=13,
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5}, zorder=2)
    for name, place in UNITS.items():
        axes.scatter(*place, s=1900, facecolor="#eef3f7", edgecolor="#48566a", zorder=3)
        axes.text(*place, name, ha="center", va="center", fontsize=14, zorder=4)
    for name, bias in BIASES.items():
        axes.text(UNITS[name][0], UNITS[name][1] - 0.3, bias, ha="center", va="center", fontsize=12)
    axes.set(xlim=(-0.3, 2.3), ylim=(-0.45, 1.3))
    axes.axis("off")
    pyplot.show()
