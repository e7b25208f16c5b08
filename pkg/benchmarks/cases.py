"""The shapes that the targets are stated for."""

from typing import NamedTuple

__all__ = ["CONVOLUTIONS", "DENSE", "POOLS", "TINY", "Convolution", "Pool"]


class Convolution(NamedTuple):
    """M images of H x W x C, K filters of size x size."""

    name: str
    M: int
    H: int
    W: int
    C: int
    K: int
    size: int
    stride: int = 1
    dilation: int = 1
    padding: str = "SAME"


class Pool(NamedTuple):
    """M images of H x W x C, windows of size x size."""

    M: int
    H: int
    W: int
    C: int
    size: int
    stride: int
    padding: str


CONVOLUTIONS = [
    Convolution("c1", 64, 28, 28, 1, 8, 5, padding="VALID"),
    Convolution("c2", 64, 12, 12, 8, 16, 5, padding="VALID"),
    Convolution("c3", 32, 32, 32, 3, 32, 3),
    Convolution("c4", 32, 32, 32, 32, 64, 3),
    Convolution("c5", 32, 16, 16, 64, 128, 3, stride=2),
    Convolution("c6", 1, 224, 224, 3, 64, 7, stride=2),
    Convolution("c7", 16, 32, 32, 16, 32, 3, dilation=2),
    Convolution("c8", 16, 32, 32, 32, 64, 3, stride=2),
    Convolution("c9", 32, 16, 16, 64, 64, 1),
    Convolution("c10", 64, 32, 32, 1, 6, 5, padding="VALID"),
    Convolution("c11", 64, 14, 14, 6, 16, 5, padding="VALID"),
]
TINY = Convolution("tiny", 1, 8, 8, 1, 4, 3, padding="VALID")
POOLS = [
    Pool(64, 24, 24, 8, 2, 2, "VALID"),
    Pool(32, 32, 32, 64, 2, 2, "VALID"),
    Pool(1, 112, 112, 64, 3, 2, "SAME"),
]
DENSE = [(64, 256, 120), (64, 784, 512)]
