"""A picture that needs an exercise waits for it with a sentence, not with a traceback."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from chainrule.check.language import catalogue, language
from chainrule.check.record import N_

__all__ = ["when_done"]


@contextmanager
def when_done() -> Iterator[None]:
    """Run a cell that calls exercises; while one of them is an empty stub, say so instead.

    >>> with when_done():
    ...     raise NotImplementedError
    This cell waits for an exercise above that is not done yet.
    """
    try:
        yield
    except (NotImplementedError, NameError) as error:
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")  # a figure that was begun would be shown empty
        _ = catalogue(language()).gettext
        sentence = _(N_("This cell waits for an exercise above that is not done yet."))
        detail = f" ({error})" if isinstance(error, NameError) else ""
        sys.stdout.write(f"{sentence}{detail}\n")
