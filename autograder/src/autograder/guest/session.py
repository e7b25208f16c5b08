"""The student's notebook as a worker holds it: names, and an IPython shell that runs cells and keeps their outputs."""

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
from .names import names_of

__all__ = ["Session"]

MIME = ("text/plain", "image/png")
"""Of what a cell shows, this is kept: feedback is made of nothing else."""
MAX_OUTPUTS = 1000
"""Of one cell; somebody who shows more has shown enough, and the wire takes so many items only."""
CUT = "\n… (the rest of the output was cut off)\n"


class Session:
    """An IPython shell without history, terminal or kernel.

    Args:
        modules: imported ahead, so that the student's cells need not wait for them; none is bound to a name.
    """

    def __init__(self, modules: list[str]) -> None:
        sys.meta_path.append(_WithheldModules())
        config = Config()
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
    def names(self) -> dict[str, Any]:
        """What the cells so far have bound."""
        names: dict[str, Any] = self._shell.user_ns
        return names

    def reads(self, source: str) -> list[str] | None:
        """Names that a cell needs from cells before it; None if it cannot be compiled."""
        try:
            return sorted(names_of(compile(self._shell.transform_cell(source), "<cell>", "exec"))[1])
        except Exception:  # a syntax error, nested too deeply, a null character: it will fail when it is run
            return None

    def run(self, source: str, output_kib: int) -> list[dict[str, Any]]:
        """Run one cell; returns its outputs in the notebook format, cut off at `output_kib`."""
        log = OutputLog(output_kib << 10)
        self._shell.display_pub.output_log = self._shell.displayhook.output_log = log
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = _Stream(log, "stdout"), _Stream(log, "stderr")
        try:
            result = self._shell.run_cell(source, store_history=True)
        finally:
            sys.stdout, sys.stderr = before
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            log.error(error)
        return log.outputs


class OutputLog:
    """Outputs of one cell, up to a size."""

    def __init__(self, limit: int) -> None:
        self.outputs: list[dict[str, Any]] = []
        self._left = limit
        self._in_error = False

    def text(self, name: str, text: str) -> None:
        """Something written to standard output or error."""
        if self._in_error or self._left <= 0:
            return
        kept = sendable(text[: self._left])
        self._left -= len(kept)
        if len(kept) < len(text):
            kept, self._left = kept + CUT, 0
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += kept
        elif len(self.outputs) < MAX_OUTPUTS:
            self.outputs.append({"output_type": "stream", "name": name, "text": kept})

    def show(self, kind: str, data: dict[str, Any]) -> None:
        """Something displayed."""
        kept = {mime: sendable(data[mime]) for mime in MIME if isinstance(data.get(mime), str)}
        size = sum(map(len, kept.values()))
        if kept and size <= self._left and len(self.outputs) < MAX_OUTPUTS:
            self._left -= size
            self.outputs.append({"output_type": kind, "data": kept, "metadata": {}})

    def error(self, error: BaseException) -> None:
        """What ended the cell."""
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
    output_log = OutputLog(0)

    def publish(self, data: dict[str, Any], metadata: Any = None, **_: Any) -> None:  # noqa: ARG002
        self.output_log.show("display_data", data)


class _Hook(DisplayHook):  # type: ignore[misc]
    output_log = OutputLog(0)

    def write_output_prompt(self) -> None:
        pass

    def finish_displayhook(self) -> None:
        self._is_active = False

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:  # noqa: ARG002
        self.output_log.show("execute_result", format_dict)


class _Shell(InteractiveShell):  # type: ignore[misc]
    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)

    def _showtraceback(self, *_: object) -> None:
        """Nothing: `Session.run` records the error itself."""


class _Exit:
    """`exit()` in a notebook: there is nothing to leave."""

    def __call__(self, *_: object) -> None:
        pass


class _WithheldModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Modules of the reference package that are not shown to student code: importing works, using does not.

    So an import at the top of the notebook does not fail for the sake of what is only there for demonstrations.
    """

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:  # noqa: ARG002
        if name.startswith("chainrule."):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        module.__getattr__ = lambda attribute: _WithheldName(f"{name}.{attribute}")  # type: ignore[method-assign]


class _WithheldName:
    """Stands for something that is not there while an answer is graded."""

    def __init__(self, name: str) -> None:
        self.__name__ = name

    def __call__(self, *_: object, **__: object) -> Any:
        if self.__name__.startswith("chainrule.viz."):
            return None  # a picture that nobody looks at; its helpers would answer exercises, too
        raise RuntimeError(f"{self.__name__} is not there while an answer is graded: write it with NumPy")

    def __getattr__(self, name: str) -> "_WithheldName":
        if name.startswith("__"):
            raise AttributeError(name)
        return _WithheldName(f"{self.__name__}.{name}")
