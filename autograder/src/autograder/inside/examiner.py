"""Runs the instructor's test cells, in a sandbox of its own because it reads what hostile code sends.

One process is started for a run over a class and imports what the tests import. For each submission it forks a child,
which gets the line to a worker's sandbox and does two things:

1. all cells that the student's side runs, in order, each in a fork of the state before. So after a cell that hangs or
   dies, the next one goes on from the state before it, and every state that a test is about to see is kept as a
   snapshot;
2. then all tests, each with copies of its snapshot. What a student's code learns from a test can show in no cell's
   output, because all of them are in already, and in no other test, because the copy is ended with its test.

The name of something that the student was to write is a proxy here; every other name is the instructor's or Python's.
"""

import ast
import builtins
import contextlib
import importlib
import os
import re
import signal
import socket
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from .frames import Closed, Overdue, read_frame, write_frame
from .link import Budget, Dead, Link, Lost, Worker
from .proxies import Conversation, Proxy, StudentError, StudentText, TestFault, TestStopped
from .wire import MAX_FRAME, Codec, WireError

__all__ = ["main"]

PLAIN = Codec()
BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


def main() -> None:
    """Arguments: the descriptor of the socket on which jobs arrive, and modules to import ahead."""
    control = socket.socket(fileno=int(sys.argv[1]))
    for module in sys.argv[2:]:
        with contextlib.suppress(Exception):  # the cell that needs it will say so
            importlib.import_module(module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.sendall(b"r")
    while True:
        go, descriptors, _, _ = socket.recv_fds(control, 1, 3)
        if not go:
            return
        if os.fork() == 0:
            control.close()
            _be_examiner(*descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _be_examiner(job: int, to_warden: int, from_warden: int) -> None:
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _, data = read_frame(job, MAX_FRAME)
        answer = PLAIN.pack(examine(PLAIN.unpack(data), Link(to_warden, from_warden)))
        write_frame(job, 0, answer)
    except BaseException as error:
        with contextlib.suppress(Closed, WireError):
            write_frame(job, 1, f"{type(error).__name__}: {error}"[:500].encode("utf-8", "replace"))
    finally:
        os._exit(0)


def examine(job: dict[str, Any], link: Link) -> dict[str, Any]:
    """Run one submission; returns what came of each cell and test."""
    os.environ.update(job["environment"])
    examination = _Examination(job, link)
    with contextlib.suppress(Lost):
        examination.run_cells()
        examination.run_tests()
    return examination.record()


class _Examination:
    def __init__(self, job: dict[str, Any], link: Link) -> None:
        self._cells: list[dict[str, Any]] = job["cells"]
        self._functions: list[str] = job["functions"]
        self._values: list[str] = job["values"]
        self._budget = Budget(job["cpu_s"], job["memory_mib"])
        self._output_kib: int = job["output_kib"]
        self._known = set(job["known"])
        self._link = link
        self._runs: dict[str, dict[str, Any]] = {}
        self._snapshots: dict[str, Worker] = {}
        self._finished = self._started = False

    def record(self) -> dict[str, Any]:
        """What came of it, as plain data."""
        return {"runs": self._runs, "started": self._started, "finished": self._finished}

    def run_cells(self) -> None:
        """The student's side of the notebook."""
        try:
            state = self._link.root()
        except (Dead, Overdue):
            raise Lost from None
        self._started = True
        self._leave_out_what_nobody_needs(state)
        for cell in self._cells:
            if cell["kind"] == "test":
                self._snapshots[cell["id"]] = state
            else:
                state = self._run(cell, state)

    def _leave_out_what_nobody_needs(self, state: Worker) -> None:
        """Pictures and training runs of the instructor's decide nothing, and can take longer than all the rest."""
        students = [cell["source"] for cell in self._cells if cell["kind"] == "student"]
        wanted = _read_by(students, state, self._budget)
        for cell in reversed(self._cells):
            if cell["kind"] == "shared" or (cell["kind"] == "plain" and not wanted.isdisjoint(cell["binds"])):
                wanted.update(cell["reads"])
            elif cell["kind"] == "plain":
                self._cells.remove(cell)

    def _run(self, cell: dict[str, Any], state: Worker) -> Worker:
        """The state after a cell, or the one before it if its process did not survive."""
        try:
            after = state.fork()
            after.begin(self._budget, PLAIN)
            after.send(["run", cell["source"], self._output_kib], PLAIN)
            what, *details = after.receive(PLAIN)
        except Dead as dead:
            self._runs[cell["id"]] = _ended(dead)
            return state
        outputs = list(_clean(details[0] if what == "ran" and details else [], self._output_kib << 10))
        late = any(output.get("ename") == "TimeLimit" for output in outputs)
        if late or cell["kind"] == "student":
            self._runs[cell["id"]] = {"outputs": outputs, "late": late, "died": ""}
        return after

    def run_tests(self) -> None:
        """The instructor's side: locked cells and tests, in order, in one namespace."""
        names: dict[str, Any] = {"__name__": "__main__"}
        conversations: list[Conversation] = []
        for name in self._functions:
            names[name] = Proxy(lambda: conversations[-1], name, name)
        for cell in self._cells:
            if cell["kind"] == "test" and cell["id"] not in self._known:
                conversations.append(Conversation(self._snapshots[cell["id"]], self._budget))
                self._runs[cell["id"]] = self._test(cell, names, conversations[-1])
            elif cell["kind"] == "shared":
                _run_cell(cell["source"], cell["id"], names)
        self._finished = True

    def _test(self, cell: dict[str, Any], names: dict[str, Any], conversation: Conversation) -> dict[str, Any]:
        wanted = [name for name in self._values if name in cell["source"]]
        try:
            for name in wanted:
                names.pop(name, None)
            names.update(conversation.look(wanted))
            return {"outputs": _run_cell(cell["source"], cell["id"], names), "late": False, "died": ""}
        except TestStopped as stopped:
            return _ended(stopped)
        finally:
            conversation.close()


def _ended(stopped: Dead | TestStopped) -> dict[str, Any]:
    """A cell or test whose process did not live to its end."""
    output = _error("TimeLimit" if stopped.late else "Crash", str(stopped))
    return {"outputs": [output], "late": stopped.late, "died": "" if stopped.late else str(stopped)}


def _read_by(sources: list[str], state: Worker, budget: Budget) -> set[str]:
    """Names that some cells read from others; the state is one that has seen nothing of the student's."""
    reader = None
    try:
        reader = state.fork()
        reader.begin(budget, PLAIN)
        reader.send(["reads", sources], PLAIN)
        _, read = reader.receive(PLAIN)
        return {name for names in read if names is not None for name in names}
    except (Dead, WireError):  # a source on which Python's own compiler fails: suppose that it reads everything
        return set(re.findall(r"\w+", " ".join(sources)))
    finally:
        if reader is not None:
            reader.end()


def _run_cell(source: str, name: str, names: dict[str, Any]) -> list[dict[str, Any]]:
    """Run one of the instructor's cells; returns its outputs as the notebook format has them."""
    outputs: list[dict[str, Any]] = []
    hidden = _hidden_lines(source)
    stream = _Stream(outputs, with_students=not hidden)
    filename = f"<{name}>"
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        try:
            body = ast.parse(source, filename).body
            last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
            exec(compile(ast.Module(body, []), filename, "exec"), names)  # noqa: S102 (the instructor's)
            if isinstance(last, ast.Expr):
                outputs += _shown(eval(compile(ast.Expression(last.value), filename, "eval"), names))  # noqa: S307
        except (TestStopped, TestFault, Lost):
            raise
        except BaseException as error:
            in_hidden = any(line in hidden for line in _lines(error, filename))
            outputs.append(_told(error, in_hidden))
    return outputs


def _hidden_lines(source: str) -> set[int]:
    hidden: set[int] = set()
    within = False
    for number, line in enumerate(source.splitlines(), 1):
        within = (within or line.strip() == BEGIN_HIDDEN) and line.strip() != END_HIDDEN
        if within:
            hidden.add(number)
    return hidden


def _lines(error: BaseException, filename: str) -> Iterator[int]:
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == filename:
            yield trace.tb_lineno
        trace = trace.tb_next


def _told(error: BaseException, in_hidden: bool) -> dict[str, Any]:
    """An error without its traceback, which would quote the test; of a hidden test, without its text."""
    name = error.type_name if isinstance(error, StudentError) else type(error).__name__
    if in_hidden and name not in vars(builtins):  # a student's class may be named after what a test called it with
        name = "Exception"
    return _error(name, "in a hidden test" if in_hidden else str(error)[:1000])


def _error(name: str, sentence: str) -> dict[str, Any]:
    line = f"{name}: {sentence}" if sentence else name
    return {"output_type": "error", "ename": name, "evalue": sentence, "traceback": [line]}


def _shown(value: Any) -> list[dict[str, Any]]:
    if value is None:
        return []
    if isinstance(value, np.generic):  # points that a comparison with a NumPy scalar gave are points
        value = value.item()
    data = {"text/plain": repr(value)}
    if hasattr(value, "_repr_html_"):
        data["text/html"] = value._repr_html_()
    return [{"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": None}]


class _Stream:
    """Standard output of a test cell. What student code prints is kept only where no hidden test could call it."""

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


def _clean(outputs: Any, limit: int) -> Iterator[dict[str, Any]]:
    """Of what a worker calls a cell's outputs, what is well-formed, up to a size."""
    left = 4 * limit  # the worker's own limit counts letters, and a hostile one counts nothing
    for output in outputs if isinstance(outputs, list) else []:
        made = _output(output) if isinstance(output, dict) else None
        if made is not None:
            left -= len(str(made))
            if left < 0:
                return
            yield made


def _output(output: dict[Any, Any]) -> dict[str, Any] | None:
    kind = output.get("output_type")
    texts: dict[str, str] = {
        key: text for key, text in output.items() if isinstance(key, str) and isinstance(text, str)
    }
    if kind == "stream" and "text" in texts:
        name = "stderr" if texts.get("name") == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": texts["text"]}
    if kind == "error" and {"ename", "evalue"} <= texts.keys():
        return _error(texts["ename"][:100], texts["evalue"][:1000])
    shown: Any = output.get("data")
    if kind in ("display_data", "execute_result") and isinstance(shown, dict):
        data = {mime: shown.get(mime) for mime in ("text/plain", "image/png")}
        kept = {mime: text for mime, text in data.items() if isinstance(text, str)}
        return {"output_type": "display_data", "data": kept, "metadata": {}} if kept else None
    return None


if __name__ == "__main__":
    main()
