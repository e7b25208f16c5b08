"""Arrays to learn from: real digits that ship with the package, toy sets, readers of a user's own files."""

from chainrule.data.digits import digits, one_hot
from chainrule.data.files import read_cifar10, read_cifar100, read_idx
from chainrule.data.toys import blobs, moons, rings, spiral

__all__ = ["blobs", "digits", "moons", "one_hot", "read_cifar10", "read_cifar100", "read_idx", "rings", "spiral"]
