"""nbgrader, driven from one source in two languages."""

__all__ = ["__version__"]

__version__ = "0.1.0"
