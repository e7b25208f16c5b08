"""What this package raises: one root class, and messages that say what to do next."""

__all__ = ["ChainruleError", "DTypeError", "DataError", "ParameterError", "ShapeError", "TrainingError", "explain"]


class ChainruleError(Exception):
    """Root of every error that this package raises on purpose."""


class ShapeError(ChainruleError, ValueError):
    """An array, window, stride or padding has a size that the operation cannot take."""


class DTypeError(ChainruleError, TypeError):
    """An array holds a kind of number that the operation cannot take."""


class DataError(ChainruleError, ValueError):
    """A data file is missing, truncated or of another format."""


class ParameterError(ChainruleError, ValueError):
    """A setting (a rate, a name, a count) is out of range or unknown."""


class TrainingError(ChainruleError, ArithmeticError):
    """Training cannot go on: the loss is no longer a finite number."""


def explain(what: str, *, got: object, expected: object, fix: str) -> str:
    """The one form of every message: what is wrong, what came, what was wanted, what to do.

    Args:
        what: what is wrong, without a full stop.
        got: what came.
        expected: what was wanted.
        fix: what to do, in the imperative.

    >>> print(explain("x has the wrong number of axes", got="(3,)", expected="(M, D)", fix="use x[None, :]"))
    x has the wrong number of axes: got (3,), expected (M, D). To fix it: use x[None, :].
    """
    return f"{what}: got {got}, expected {expected}. To fix it: {fix}."
