"""Figures for the notebooks: arrays in, matplotlib Figure out, and sliders over the same functions.

Text inside figures is symbols and short English, so that no Chinese font is needed. Nothing here touches pyplot or its
state; `show` puts a figure into a notebook, `explore` puts sliders under it.
"""

from chainrule.viz.arithmetic import convolution_arithmetic, transposed_arithmetic
from chainrule.viz.canvas import canvas, png, show
from chainrule.viz.controls import Explorer, explore
from chainrule.viz.curves import curves, logistic_function, pull_of_losses
from chainrule.viz.features import feature_maps, strongest_patches, what_maps_like
from chainrule.viz.graph import layered_graph
from chainrule.viz.inside import inside
from chainrule.viz.least_squares import fit_and_surface, gradient_cloud
from chainrule.viz.live import Live
from chainrule.viz.memory import memory_layout
from chainrule.viz.pictures import confusion, pictures
from chainrule.viz.plane import decision_plane, hidden_space, logistic_plane, points
from chainrule.viz.pooling import pool_routing, shift_and_pool
from chainrule.viz.pools import pool_graph
from chainrule.viz.race import race, ravine_descent
from chainrule.viz.sharing import shared_connections, shared_sum
from chainrule.viz.sliding import filtered, side_by_side, sliding_window
from chainrule.viz.slopes import difference_quotients, relu_and_slope
from chainrule.viz.surfaces import loss_surfaces
from chainrule.viz.terrain import Terrain, terrain
from chainrule.viz.wires import connections, padded_axis

__all__ = [
    "Explorer",
    "Live",
    "Terrain",
    "canvas",
    "confusion",
    "connections",
    "convolution_arithmetic",
    "curves",
    "decision_plane",
    "difference_quotients",
    "explore",
    "feature_maps",
    "filtered",
    "fit_and_surface",
    "gradient_cloud",
    "hidden_space",
    "inside",
    "layered_graph",
    "logistic_function",
    "logistic_plane",
    "loss_surfaces",
    "memory_layout",
    "padded_axis",
    "pictures",
    "png",
    "points",
    "pool_graph",
    "pool_routing",
    "pull_of_losses",
    "race",
    "ravine_descent",
    "relu_and_slope",
    "shared_connections",
    "shared_sum",
    "shift_and_pool",
    "show",
    "side_by_side",
    "sliding_window",
    "strongest_patches",
    "terrain",
    "transposed_arithmetic",
    "what_maps_like",
]
