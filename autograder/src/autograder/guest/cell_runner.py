"""Runs one of the instructor's cells in two parts: what students can read, and the hidden tests.

Student code may keep what it was called with anywhere in its sandbox. As long as no hidden test has called it, it has
nothing to keep. So the visible part of every test runs before the hidden part of any. Of an error in a hidden part
only the name is shown, and what student code prints there is dropped.
"""

import ast
import builtins
import contextlib
import linecache
import traceback
from typing import Any

import numpy as np

from .link import Interruption
from .messages import Output
from .names import Namespace
from .outputs import error_output
from .proxies import StudentError, StudentText

__all__ = ["MAX_TRACEBACK", "CellRunner"]

MAX_TRACEBACK = 20_000
"""Characters kept of a traceback, from its end."""
BEGIN_HIDDEN = "### BEGIN HIDDEN TESTS"
"""The marker of nbgrader's ClearHiddenTests."""
MAX_ERROR = 1000
"""Characters kept of an error's text."""


class CellRunner:
    """A locked cell or a test, and the outputs of what has run of it.

    Args:
        source: its code. Every statement from the first hidden test on is hidden.
        name: the file name in its tracebacks.
    """

    def __init__(self, source: str, name: str) -> None:
        self.outputs: list[Output] = []
        self.value: Any = None
        """Value of the last line, if that is an expression and has run."""
        self.traceback = ""
        """Traceback of an error in the cell itself, as opposed to a failed check or an error of the student's code."""
        self._filename = f"<{name}>"
        self._visible: list[ast.stmt] = []
        self._hidden: list[ast.stmt] = []
        # With this entry, a traceback shows the lines of the cell, which is no file.
        linecache.cache[self._filename] = (len(source), None, source.splitlines(keepends=True), self._filename)
        lines = [line.strip() for line in source.splitlines()]
        first_hidden = lines.index(BEGIN_HIDDEN) + 1 if BEGIN_HIDDEN in lines else len(lines) + 1
        try:
            for statement in ast.parse(source, self._filename).body:
                # A statement that begins above the marker and ends below it is hidden as a whole.
                part = self._visible if (statement.end_lineno or 0) < first_hidden else self._hidden
                part.append(statement)
        except SyntaxError as error:
            self._add_error(error, in_hidden=False)

    @property
    def has_hidden_part(self) -> bool:
        """Whether a hidden part is still to be run."""
        return bool(self._hidden)

    def run_visible(self, names: Namespace) -> None:
        """Run the part that students can read, with `names` as its globals."""
        statements, self._visible = self._visible, []
        self._run(statements, names, in_hidden=False)

    def run_hidden(self, names: Namespace) -> None:
        """Run the part that students cannot read, with `names` as its globals."""
        statements, self._hidden = self._hidden, []
        self._run(statements, names, in_hidden=True)

    def discard_rest(self) -> None:
        """Run nothing more of this cell."""
        self._visible, self._hidden = [], []

    def _run(self, statements: list[ast.stmt], names: Namespace, in_hidden: bool) -> None:
        stream = _Stream(self.outputs, keep_student_text=not in_hidden)
        # As in a notebook, the value of a last line that is an expression is an output: a test's points. The last
        # line of the visible part counts only if no hidden part follows.
        last = statements.pop() if statements and not self._hidden and isinstance(statements[-1], ast.Expr) else None
        with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
            try:
                exec(compile(ast.Module(statements, []), self._filename, "exec"), names)  # noqa: S102 (the instructor's)
                if isinstance(last, ast.Expr):
                    self._add_value(eval(compile(ast.Expression(last.value), self._filename, "eval"), names))  # noqa: S307
            except Interruption:
                raise
            except BaseException as error:
                self._add_error(error, in_hidden)

    def _add_value(self, value: Any) -> None:
        """Add the value of the last line to the outputs."""
        self.value = value
        if value is None:
            return
        # The repr of a NumPy scalar, "np.float64(1.5)", is no number to the grader; its value's is.
        if isinstance(value, np.generic):
            value = value.item()
        data = {"text/plain": repr(value)}
        if hasattr(value, "_repr_html_"):
            data["text/html"] = value._repr_html_()
        self.outputs.append({"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": None})

    def _add_error(self, error: BaseException, in_hidden: bool) -> None:
        """Add an error, which ends the cell. Of one in a hidden test, the text is not shown."""
        self.discard_rest()
        if not isinstance(error, StudentError | AssertionError):
            self.traceback = "".join(traceback.format_exception(error))[-MAX_TRACEBACK:]
        name = error.type_name if isinstance(error, StudentError) else type(error).__name__
        # A class of the student's could carry the arguments of a hidden test in its name, so only Python's are shown.
        if in_hidden and name not in vars(builtins):
            name = "Exception"
        self.outputs.append(error_output(name, "in a hidden test" if in_hidden else str(error)[:MAX_ERROR]))


class _Stream:
    """Standard output and error of a cell, into its outputs."""

    def __init__(self, outputs: list[Output], keep_student_text: bool) -> None:
        self._outputs = outputs
        self._keep_student_text = keep_student_text

    def write(self, text: str) -> int:
        if text and (self._keep_student_text or not isinstance(text, StudentText)):
            newest = self._outputs[-1] if self._outputs else {}
            if newest.get("output_type") == "stream":
                newest["text"] += str(text)
            else:
                self._outputs.append({"output_type": "stream", "name": "stdout", "text": str(text)})
        return len(text)

    def flush(self) -> None:
        pass
