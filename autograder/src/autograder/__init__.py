"""nbgrader, driven from one source in two languages."""

import logging

__all__ = ["__version__"]

__version__ = "0.1.0"

# whoever wants the log asks for it (`autograder.log`); without this, warnings would go to standard error
logging.getLogger("autograder").addHandler(logging.NullHandler())
