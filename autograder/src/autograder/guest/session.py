"""The student's notebook as a worker holds it: an IPython shell that runs cells, and the outputs of each cell."""

import importlib
import importlib.abc
import importlib.machinery
import sys
from types import ModuleType
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from .error_text import name_and_text, sendable
from .messages import Output
from .names import Namespace, names_of

__all__ = ["Session"]

MIME = ("text/plain", "image/png")
"""Kinds of data kept of what a cell displays; feedback shows no others."""
MAX_OUTPUTS = 1000
"""Outputs kept of one cell, far below the codec's limit on the items of one message."""
CUT = "\n… (the rest of the output was cut off)\n"


class Session:
    """An IPython shell without history, terminal or kernel.

    Args:
        modules: imported ahead, so that the student's cells need not wait for them. None is bound to a name.
    """

    def __init__(self, modules: list[str]) -> None:
        # Last on the path: it finds only what is not there.
        sys.meta_path.append(_WithheldModules())
        config = Config()
        # History would be an SQLite file and a thread, which a forked copy does not have.
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        config.InteractiveShell.autocall = 0
        self._shell = _Shell.instance(config=config)
        self._shell.user_ns["exit"] = self._shell.user_ns["quit"] = _Exit()
        for module in modules:
            try:
                importlib.import_module(module)
            except Exception:  # noqa: S112 (the cell that needs it will say so)
                continue

    @property
    def names(self) -> Namespace:
        """The names that cells have bound so far, and their values."""
        names: Namespace = self._shell.user_ns
        return names

    def reads(self, source: str) -> list[str] | None:
        """Names that a cell reads from cells before it; None if it cannot be compiled."""
        try:
            return sorted(names_of(compile(self._shell.transform_cell(source), "<cell>", "exec"))[1])
        except Exception:  # a syntax error, too deep a nesting, a null character: running it will fail as well
            return None

    def run(self, source: str, output_kib: int) -> list[Output]:
        """Run one cell. Returns its outputs in the notebook format, cut off at `output_kib`."""
        log = OutputLog(output_kib << 10)
        self._shell.display_pub.output_log = self._shell.displayhook.output_log = log
        streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = _Stream(log, "stdout"), _Stream(log, "stderr")
        try:
            result = self._shell.run_cell(source, store_history=True)
        finally:
            sys.stdout, sys.stderr = streams
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            log.error(error)
        return log.outputs


class OutputLog:
    """Outputs of one cell, up to a number of characters and of outputs."""

    def __init__(self, limit: int) -> None:
        self.outputs: list[Output] = []
        self._left = limit

    def text(self, stream: str, text: str) -> None:
        """Add text that was written to "stdout" or "stderr"."""
        if self._left <= 0:
            return
        kept = sendable(text[: self._left])
        self._left -= len(kept)
        if len(kept) < len(text):
            kept, self._left = kept + CUT, 0
        # Text that follows on the same stream joins its output, as in Jupyter.
        newest = self.outputs[-1] if self.outputs else {}
        if newest.get("output_type") == "stream" and newest["name"] == stream:
            newest["text"] += kept
        elif len(self.outputs) < MAX_OUTPUTS:
            self.outputs.append({"output_type": "stream", "name": stream, "text": kept})

    def display(self, output_type: str, data: dict[str, Any]) -> None:
        """Add something displayed. It is left out as a whole if it is too large: half a PNG is no picture."""
        kept = {mime: sendable(data[mime]) for mime in MIME if isinstance(data.get(mime), str)}
        size = sum(map(len, kept.values()))
        if kept and size <= self._left and len(self.outputs) < MAX_OUTPUTS:
            self._left -= size
            self.outputs.append({"output_type": output_type, "data": kept, "metadata": {}})

    def error(self, error: BaseException) -> None:
        """Add the error that ended the cell; there is always room for it."""
        name, text = name_and_text(error)
        self.outputs.append({"output_type": "error", "ename": name, "evalue": text, "traceback": []})


class _Stream:
    """Standard output or error of a cell."""

    encoding, errors = "utf-8", "replace"

    def __init__(self, log: OutputLog, name: str) -> None:
        self._log, self._name = log, name

    def write(self, text: str) -> int:
        self._log.text(self._name, str(text))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False


class _Publisher(DisplayPublisher):  # type: ignore[misc]
    """What `display` sends, into the log of the current cell."""

    output_log = OutputLog(0)

    def publish(self, data: dict[str, Any], metadata: Any = None, **_: Any) -> None:  # noqa: ARG002
        self.output_log.display("display_data", data)


class _Hook(DisplayHook):  # type: ignore[misc]
    """The value of a cell's last line, into the log of the current cell."""

    output_log = OutputLog(0)

    def write_output_prompt(self) -> None:
        pass

    def finish_displayhook(self) -> None:
        # The original also writes IPython's separator, which would be an output of its own.
        self._is_active = False

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:  # noqa: ARG002
        self.output_log.display("execute_result", format_dict)


class _Shell(InteractiveShell):  # type: ignore[misc]
    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)

    def _showtraceback(self, *_: object) -> None:
        """Print nothing: `Session.run` adds the error to the outputs, without a traceback."""


class _Exit:
    """`exit` and `quit` in a notebook, which do nothing: a cell that calls one of them goes on."""

    def __call__(self, *_: object) -> None:
        pass


class _WithheldModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Importer for those modules of the reference package that are not mounted in the student's sandbox.

    They can be imported, but not used. So a notebook whose first cell imports what only its demonstrations need
    still runs.
    """

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:  # noqa: ARG002
        if name.startswith("chainrule."):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        module.__getattr__ = lambda attribute: _WithheldName(f"{name}.{attribute}")  # type: ignore[method-assign]


class _WithheldName:
    """Stands for a function or class of a withheld module; calling it raises an error that says so."""

    def __init__(self, name: str) -> None:
        self.__name__ = name

    def __call__(self, *_: object, **__: object) -> Any:
        if self.__name__.startswith("chainrule.viz."):
            return None  # grading needs no pictures, and the code that draws them would answer exercises
        raise RuntimeError(f"{self.__name__} is not there while an answer is graded: write it with NumPy")

    def __getattr__(self, name: str) -> "_WithheldName":
        # Python and IPython ask any object for special methods; one that has all of them would break both.
        if name.startswith("__"):
            raise AttributeError(name)
        return _WithheldName(f"{self.__name__}.{name}")
