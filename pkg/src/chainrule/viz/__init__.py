"""Figures for the notebooks: arrays in, matplotlib Figure out, and sliders over the same functions.

Text inside figures is symbols and short English, so that no Chinese font is needed. Nothing here touches pyplot or its
state; `show` puts a figure into a notebook, `explore` puts sliders under it.
"""

from chainrule.viz.canvas import canvas, png, show
from chainrule.viz.controls import Explorer, explore
from chainrule.viz.curves import curves, logistic_function, pull_of_losses
from chainrule.viz.pictures import confusion, pictures
from chainrule.viz.plane import decision_plane, hidden_space, logistic_plane, points
from chainrule.viz.surfaces import loss_surfaces

__all__ = [
    "Explorer",
    "canvas",
    "confusion",
    "curves",
    "decision_plane",
    "explore",
    "hidden_space",
    "logistic_function",
    "logistic_plane",
    "loss_surfaces",
    "pictures",
    "png",
    "points",
    "pull_of_losses",
    "show",
]
