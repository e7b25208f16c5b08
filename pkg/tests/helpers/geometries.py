"""Shapes that catch: a named table, and as many random ones as are asked for."""

import os
from dataclasses import dataclass, replace

import hypothesis.strategies as st
import naive
import numpy as np
from hypothesis import HealthCheck, example, settings

EXAMPLES = int(os.environ.get("CHAINRULE_GEOMETRIES", "120"))
THOROUGH = settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
TOLERANCE = {"float32": 1e-5, "float64": 1e-12}


@dataclass(frozen=True)
class Geometry:
    """M images of H x W x C, windows of R x S, K output channels (for depthwise: maps of each channel)."""

    M: int = 2
    H: int = 7
    W: int = 6
    C: int = 3
    K: int = 4
    R: int = 3
    S: int = 2
    strides: tuple = (1, 1)
    padding: object = "VALID"
    dilations: tuple = (1, 1)
    dtype: str = "float64"
    seed: int = 0

    @property
    def outputs(self):
        sizes, windows = (self.H, self.W), (self.R, self.S)
        sides = naive.sides(self.padding, sizes, windows, self.strides, self.dilations)
        axes = zip(sizes, windows, self.strides, self.dilations, sides, strict=True)
        return tuple(naive.positions(n, k, s, d, *side) for n, k, s, d, side in axes)

    @property
    def small(self):
        """Quick enough for kernels that are not compiled."""
        P, Q = self.outputs
        return self.M * P * Q * self.R * self.S * self.C * (1 + self.K) < 3000

    def arrays(self, depthwise=False):
        """x, w and an upstream delta, float64, with values that float32 holds exactly."""
        rng = np.random.default_rng(self.seed)
        channels = self.C * self.K if depthwise else self.K
        shapes = (self.M, self.H, self.W, self.C), (self.R, self.S, self.C, self.K), (self.M, *self.outputs, channels)
        return [rng.standard_normal(shape).astype(np.float32).astype(np.float64) for shape in shapes]

    def with_pool_padding(self):
        """The same with padding that a pool takes: less than the window, and no dilation."""
        plain = replace(self, dilations=(1, 1))
        if isinstance(self.padding, str):
            return plain
        sides = tuple(
            tuple(min(v, k - 1) for v in side) for side, k in zip(self.padding, (self.R, self.S), strict=True)
        )
        return replace(plain, padding=sides)


TABLE = {
    "height differs from width": Geometry(),
    "stride differs per axis": Geometry(H=9, W=11, strides=(3, 2)),
    "dilation differs per axis": Geometry(H=11, W=9, dilations=(2, 3)),
    "dilation with stride": Geometry(H=12, W=13, strides=(2, 3), dilations=(3, 2), padding="SAME"),
    "stride larger than the window": Geometry(H=10, W=9, R=2, S=1, strides=(3, 2)),
    "leftover rows and columns": Geometry(H=8, W=8, strides=(2, 3)),
    "same, odd zero after": Geometry(H=6, W=8, strides=(2, 2), padding="SAME"),
    "same, window wider than the image": Geometry(H=2, W=2, R=5, S=4, padding="SAME"),
    "padding on one side only": Geometry(padding=((2, 0), (0, 1))),
    "padding wider than the window": Geometry(padding=((4, 3), (3, 5)), strides=(2, 1)),
    "one pixel": Geometry(H=1, W=1, R=1, S=1),
    "one row": Geometry(H=1, W=9, R=1, S=4, strides=(1, 2)),
    "one column": Geometry(H=9, W=1, R=4, S=1, strides=(2, 1)),
    "window as large as the image": Geometry(R=7, S=6),
    "no image in the batch": Geometry(M=0),
    "one image": Geometry(M=1, K=17),
    "one channel in and out": Geometry(C=1, K=1),
    "one channel in, few out": Geometry(M=3, H=12, W=12, C=1, K=6, R=5, S=5),
    "few channels in, stride two": Geometry(H=8, W=8, C=3, K=8, R=3, S=3, strides=(2, 2), padding="SAME"),
    "a whole vector of channels": Geometry(C=16, K=16),
    "a channel more than a vector": Geometry(C=17, K=33, padding="SAME"),
    "a channel less than two vectors": Geometry(C=8, K=31),
    "more channels than a panel": Geometry(M=1, C=5, K=65),
    "many channels in": Geometry(M=1, C=65, K=3, strides=(2, 2)),
    "many small images, a wide filter": Geometry(M=11, H=6, W=5, C=6, K=16, R=5, S=4),
    "many small images, steps and zeros": Geometry(M=9, H=5, W=4, C=8, K=17, R=4, S=5, strides=(2, 1), padding="SAME"),
    "many small images, dilated rows": Geometry(M=10, H=7, W=3, C=4, K=8, R=3, S=3, dilations=(2, 1), padding="SAME"),
    "many images, padding wider than the window": Geometry(M=9, H=4, W=3, C=5, K=8, padding=((4, 3), (3, 5))),
    "stride larger than the image": Geometry(H=3, W=4, R=2, S=2, strides=(5, 7)),
}


@st.composite
def geometries(draw, pool=False):
    """Any geometry whose window fits at least once."""
    few = st.integers(1, 5)
    window = draw(few), draw(few)
    strides = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    dilated = not pool and draw(st.integers(0, 2)) == 0
    dilations = (draw(st.integers(1, 3)), draw(st.integers(1, 3))) if dilated else (1, 1)
    sides = st.tuples(st.integers(0, 4), st.integers(0, 4))
    padding = draw(st.sampled_from(["VALID", "SAME"]) | st.tuples(sides, sides))
    sizes = []
    for axis in range(2):
        spread = (window[axis] - 1) * dilations[axis] + 1
        least = 1 if padding == "SAME" else spread - (0 if padding == "VALID" else sum(padding[axis]))
        sizes.append(draw(st.integers(max(least, 1), max(least, 1) + 11)))
    channels = st.sampled_from([1, 2, 3, 4, 5, 6, 7, 8, 12, 15, 16, 17, 31, 32, 33, 48, 64, 65]) | st.integers(1, 65)
    geometry = Geometry(
        draw(st.integers(0, 4) | st.sampled_from([8, 9, 13])), *sizes, draw(channels), draw(channels), *window,
        strides, padding, dilations, draw(st.sampled_from(["float32", "float64"])), draw(st.integers(0, 2**32 - 1)),
    )  # fmt: skip
    return geometry.with_pool_padding() if pool else geometry


def on_the_table(test):
    """A hypothesis test that tries every named geometry first."""
    for geometry in TABLE.values():
        test = example(geometry)(test)
    return test


def assert_close(got, expected, dtype, what):
    """Equal up to the dtype's tolerance, relative to the largest entry."""
    assert got.shape == expected.shape, f"{what}: shape {got.shape}, expected {expected.shape}"
    assert got.dtype == np.dtype(dtype), f"{what}: dtype {got.dtype}, expected {dtype}"
    if expected.size:
        error = np.max(np.abs(got - expected)) / max(np.max(np.abs(expected)), np.finfo(dtype).tiny)
        assert error <= TOLERANCE[str(dtype)], f"{what}: relative error {error:.2g}"
