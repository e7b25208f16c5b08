"""One of the instructor's cells: run in two parts if it holds hidden tests, so that the visible ones can go first.

A student's code may leave what it was called with anywhere in its sandbox. As long as no hidden test has called it,
there is nothing to be left; so the visible part of every test runs before the hidden part of any, and of what happens
in hidden parts nothing is told but the name of an error.
"""

import ast
import builtins
import contextlib
import linecache
import traceback
from typing import Any

import numpy as np

from .link import Interruption
from .outputs import error_output
from .proxies import StudentError, StudentText

__all__ = ["MAX_TRACEBACK", "CellRunner"]

MAX_TRACEBACK = 20_000
BEGIN_HIDDEN = "### BEGIN HIDDEN TESTS"


class CellRunner:
    """A locked cell or a test.

    Args:
        source: its code, of which every statement from the first hidden test on is hidden.
        name: what tracebacks would call it.
    """

    def __init__(self, source: str, name: str) -> None:
        self.outputs: list[dict[str, Any]] = []
        self.traceback = ""
        """Of an error of the cell itself, not of a verdict; it may quote the cell."""
        self._filename = f"<{name}>"
        self._visible: list[ast.stmt] = []
        self._hidden: list[ast.stmt] = []
        # so that a traceback shows the cell's own lines
        linecache.cache[self._filename] = (len(source), None, source.splitlines(keepends=True), self._filename)
        lines = [line.strip() for line in source.splitlines()]
        first_hidden = lines.index(BEGIN_HIDDEN) + 1 if BEGIN_HIDDEN in lines else len(lines) + 1
        try:
            for statement in ast.parse(source, self._filename).body:
                part = self._visible if (statement.end_lineno or 0) < first_hidden else self._hidden
                part.append(statement)
        except SyntaxError as error:
            self._fail(error, in_hidden=False)

    @property
    def has_hidden_part(self) -> bool:
        """Whether there is a hidden part still to be run."""
        return bool(self._hidden)

    def run_visible(self, names: dict[str, Any]) -> None:
        """Run the part that students know."""
        statements, self._visible = self._visible, []
        self._run(statements, names, in_hidden=False)

    def run_hidden(self, names: dict[str, Any]) -> None:
        """Run the part that they do not know."""
        statements, self._hidden = self._hidden, []
        self._run(statements, names, in_hidden=True)

    def discard_rest(self) -> None:
        """Nothing more of it will run."""
        self._visible, self._hidden = [], []

    def _run(self, statements: list[ast.stmt], names: dict[str, Any], in_hidden: bool) -> None:
        stream = _Stream(self.outputs, with_students=not in_hidden)
        shown = statements.pop() if statements and not self._hidden and isinstance(statements[-1], ast.Expr) else None
        with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
            try:
                exec(compile(ast.Module(statements, []), self._filename, "exec"), names)  # noqa: S102 (the instructor's)
                if isinstance(shown, ast.Expr):
                    self._show(eval(compile(ast.Expression(shown.value), self._filename, "eval"), names))  # noqa: S307
            except Interruption:
                raise
            except BaseException as error:
                self._fail(error, in_hidden)

    def _show(self, value: Any) -> None:
        """Put out the value of the last line."""
        if value is None:
            return
        if isinstance(value, np.generic):  # points that a comparison with a NumPy scalar gave are points
            value = value.item()
        data = {"text/plain": repr(value)}
        if hasattr(value, "_repr_html_"):
            data["text/html"] = value._repr_html_()
        self.outputs.append({"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": None})

    def _fail(self, error: BaseException, in_hidden: bool) -> None:
        """An error ends the cell; of one in a hidden test, the text is not told."""
        self.discard_rest()
        if not isinstance(error, StudentError | AssertionError):
            self.traceback = "".join(traceback.format_exception(error))[-MAX_TRACEBACK:]
        name = error.type_name if isinstance(error, StudentError) else type(error).__name__
        if in_hidden and name not in vars(builtins):  # a student's class may be named after what a test called it with
            name = "Exception"
        self.outputs.append(error_output(name, "in a hidden test" if in_hidden else str(error)[:1000]))


class _Stream:
    """Standard output of a cell. What student code prints is kept only where no hidden test could have called it."""

    def __init__(self, outputs: list[dict[str, Any]], with_students: bool) -> None:
        self._outputs = outputs
        self._with_students = with_students

    def write(self, text: str) -> int:
        if text and (self._with_students or not isinstance(text, StudentText)):
            last = self._outputs[-1] if self._outputs else {}
            if last.get("output_type") == "stream":
                last["text"] += str(text)
            else:
                self._outputs.append({"output_type": "stream", "name": "stdout", "text": str(text)})
        return len(text)

    def flush(self) -> None:
        pass
