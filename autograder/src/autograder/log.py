"""The log of a course: what the grader did, and the traceback of whatever went wrong.

It is `.autograder.log` in the course folder and can be read by its owner alone, because a traceback may quote a hidden
test or what a student wrote. Nothing of it goes into a record, a page or what students get.

A student's text may reach a message or a traceback. So control characters are written as escapes, and every line but
the first of an entry is indented: nothing that a student writes can steer a terminal or pass for an entry of its own.
"""

import contextlib
import logging
import os
import re
import sys
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

__all__ = ["LOG", "about", "escaped", "keep_log", "log_path", "show_log"]

LOG = ".autograder.log"
MAX_BYTES = 5 << 20
"""A log that has grown beyond this becomes `.autograder.log.1`, which takes the place of an older one."""

_logger = logging.getLogger("autograder")
_subject: ContextVar[str] = ContextVar("subject", default="-")
_CONTROL = re.compile(r"[^\n\t\x20-\x7e\xa0-\u2027\u202f-\u2065\u2070-\ud7ff\ue000-\ufefe\uff00-\uffef]")


@contextlib.contextmanager
def about(subject: str) -> Iterator[None]:
    """Say in every entry of this thread what it is about, a student for instance."""
    token = _subject.set(subject)
    try:
        yield
    finally:
        _subject.reset(token)


def keep_log(folder: Path) -> None:
    """Write the log of this process to the log of a course from now on; the file appears with the first entry."""
    path = folder.absolute() / LOG
    for handler in list(_logger.handlers):
        if isinstance(handler, _CourseLog):
            if handler.baseFilename == str(path):
                return
            _logger.removeHandler(handler)
            handler.close()
    _add(_CourseLog(path, maxBytes=MAX_BYTES, backupCount=1, encoding="utf-8", delay=True), logging.INFO)


def show_log() -> None:
    """Write the log to standard error as well, every detail of it."""
    if not any(type(handler) is logging.StreamHandler for handler in _logger.handlers):
        _add(logging.StreamHandler(sys.stderr), logging.DEBUG)


def log_path() -> Path | None:
    """The file that the log goes to, if there is one."""
    kept = [handler for handler in _logger.handlers if isinstance(handler, _CourseLog)]
    return Path(kept[0].baseFilename) if kept and Path(kept[0].baseFilename).exists() else None


def escaped(text: str) -> str:
    r"""Text that can be shown on a terminal: control characters become escapes.

    >>> escaped("one\x1b[2J\n两")
    'one\\x1b[2J\n两'
    """
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def _add(handler: logging.Handler, level: int) -> None:
    handler.setFormatter(_Formatter("%(asctime)s %(levelname)-7s %(subject)s %(name)s: %(message)s"))
    handler.addFilter(_with_subject)
    handler.setLevel(level)
    _logger.addHandler(handler)
    _logger.setLevel(min(level, _logger.level or level))


def _with_subject(record: logging.LogRecord) -> bool:
    record.subject = escaped(_subject.get())
    return True


class _Formatter(logging.Formatter):
    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        return escaped(super().format(record)).replace("\n", "\n    ")


class _CourseLog(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Say nothing: on a full disk the command has its own sentence, and standard error is not the place."""

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        try:
            descriptor = os.open(self.baseFilename, flags, 0o600)
            os.fchmod(descriptor, 0o600)  # whatever the mode of a file that was there
        except OSError:  # a folder that cannot be written to: grading goes on without a log
            descriptor = os.open(os.devnull, os.O_WRONLY)
        return os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace")
