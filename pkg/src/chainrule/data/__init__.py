"""Arrays to learn from: real digits that ship with the package, and toy sets drawn in the plane."""

from chainrule.data.digits import digits, one_hot
from chainrule.data.toys import blobs, moons, rings, spiral

__all__ = ["blobs", "digits", "moons", "one_hot", "rings", "spiral"]
