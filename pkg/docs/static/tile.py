"""Draw tile.svg: how a register tile sums a convolution. Run by hand: python pkg/docs/static/tile.py."""

from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.patches import FancyArrowPatch, Rectangle

INPUT, WEIGHT, SUM = "#9ecae1", "#fdae6b", "#a1d99b"


def grid(ax, x, y, columns, rows, size, colour, strong=()):
    """Cells from the upper left corner; all in the colour, or the strong ones only."""
    for i in range(rows):
        for j in range(columns):
            face = colour if not strong or (i, j) in strong else "white"
            ax.add_patch(Rectangle((x + j * size, y - (i + 1) * size), size, size, facecolor=face, edgecolor="#444"))


def main():
    """Three blocks: what a step reads, and what stays."""
    mpl.rcParams |= {"svg.hashsalt": "tile", "font.size": 11, "font.family": "DejaVu Sans"}
    figure, ax = plt.subplots(figsize=(10, 4.2))
    grid(ax, 0, 3, 8, 5, 0.4, INPUT, strong={(0, j) for j in range(3)} | {(1, j) for j in range(3)})
    grid(ax, 4.6, 3, 8, 6, 0.4, WEIGHT, strong={(2, j) for j in range(8)})
    grid(ax, 9.2, 3, 8, 4, 0.4, SUM)
    ax.text(1.6, 3.5, "x: rows of the image,\npixels × C one after the other", ha="center", va="bottom")
    ax.text(6.2, 3.5, "w: a panel of the filter,\n(r, s, c) × output channels", ha="center", va="bottom")
    ax.text(10.8, 3.5, "sums: the tile, in registers,\npixels × output channels", ha="center", va="bottom")
    ax.text(1.6, 0.75, "one number of each pixel,\ncopied to every lane", ha="center", va="top")
    ax.text(6.2, 0.4, "one row: a vector (or two, or four)\nof output channels", ha="center", va="top")
    ax.text(
        10.8,
        1.15,
        "sums[pixel] += x[pixel] · w[row]\nfor the next row, and the next;\nstored once, at the end",
        ha="center",
        va="top",
    )
    for start, end in (((3.3, 2.6), (4.5, 2.05)), ((7.9, 2.05), (9.1, 2.05))):
        ax.add_patch(FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=16, color="#444"))
    ax.set_xlim(-0.3, 12.8)
    ax.set_ylim(-0.5, 4.7)
    ax.set_aspect("equal")
    ax.axis("off")
    figure.savefig(Path(__file__).with_suffix(".svg"), metadata={"Date": None}, bbox_inches="tight")


if __name__ == "__main__":
    main()
