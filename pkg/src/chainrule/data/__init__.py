"""Arrays to learn from: shipped digits and a photograph, toy sets, readers of a user's own files."""

from chainrule.data.digits import digits, one_hot
from chainrule.data.files import read_cifar10, read_cifar100, read_idx
from chainrule.data.photograph import hopper
from chainrule.data.toys import blobs, moons, rings, spiral

__all__ = [
    "blobs",
    "digits",
    "hopper",
    "moons",
    "one_hot",
    "read_cifar10",
    "read_cifar100",
    "read_idx",
    "rings",
    "spiral",
]
