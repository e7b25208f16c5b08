"""The instructor's side of a notebook: its globals, which hold proxies of what the student was to write, and its tests.

Grading and proving run tests by this module. They differ in where the student's side is: in a sandbox, or in a fork of
the program that proves.
"""

from collections.abc import Callable, Sequence

from .cell_runner import CellRunner
from .names import Namespace
from .proxies import Conversation, Proxy

__all__ = ["TestCell", "TestSide"]


class TestSide:
    """The globals of locked cells and tests.

    Args:
        functions: names for which there are proxies of the student's functions and classes.
        values: names of which tests get copies of the student's values.
    """

    def __init__(self, functions: Sequence[str], values: Sequence[str]) -> None:
        self.values = tuple(values)
        self.active: Conversation | None = None
        """The conversation of the test that is running."""
        self.names: Namespace = {"__name__": "__main__"}
        for name in functions:
            # The conversation is looked up at each call, because helpers in locked cells are shared by all tests.
            self.names[name] = Proxy(self._active_conversation, name, name)

    def run_shared(self, source: str, name: str) -> CellRunner:
        """Run a locked cell, whose names all tests below it see."""
        cell = CellRunner(source, name)
        cell.run_visible(self.names)
        return cell

    def bind_values(self, values: Namespace) -> None:
        """Bind a test's copies of the student's values, because functions of locked cells look them up here."""
        # Values of another test must not stay: this test's snapshot may not have them.
        for name in self.values:
            self.names.pop(name, None)
        self.names.update(values)

    def _active_conversation(self) -> Conversation:
        """The conversation of the test that is running, which gets every call, whichever cell defines the caller."""
        if self.active is None:
            raise RuntimeError("only a test can call the student's code")
        return self.active


class TestCell:
    """One test, and what it needs between its two parts.

    Args:
        side: the globals of the instructor's side.
        source: the test's code.
        name: its cell id.
        conversation: with the student's side as it is after the cells above the test.
    """

    def __init__(self, side: TestSide, source: str, name: str, conversation: Conversation) -> None:
        self.id = name
        self.cell = CellRunner(source, name)
        self.conversation = conversation
        self._side = side
        # A search in the text, not a parse: a name too many costs one copy of a value.
        self._value_names = [name for name in side.values if name in source]
        self._values: Namespace = {}
        self._names: Namespace | None = None

    def run_visible(self) -> None:
        """Run the part that students can read; raises an `Interruption` if it cannot go on."""
        self._run(self.cell.run_visible)

    def run_hidden(self) -> None:
        """Run the part that students cannot read; raises an `Interruption` if it cannot go on."""
        self._run(self.cell.run_hidden)

    def _run(self, run: Callable[[Namespace], None]) -> None:
        self._side.active = self.conversation
        try:
            self.conversation.resume()
            run(self._globals())
            self.conversation.pause()
        finally:
            self._side.active = None

    def _globals(self) -> Namespace:
        """The globals of this test, made before its first part and kept: the hidden part reads what that has bound."""
        if self._names is None:
            self._values = self.conversation.values_of(self._value_names)
        self._side.bind_values(self._values)
        if self._names is None:
            self._names = dict(self._side.names)
        return self._names
