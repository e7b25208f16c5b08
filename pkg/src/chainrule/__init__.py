"""The reference package of the course: what the notebooks teach, written so that it can be read."""

from chainrule.errors import ChainruleError

__all__ = ["ChainruleError", "__version__"]

__version__ = "0.1.0"
