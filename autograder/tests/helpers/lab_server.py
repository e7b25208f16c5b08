"""A JupyterLab server of its own for the tests, which sees nothing of the machine's and the user's settings."""

import json
import os
import re
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Lab", "lab_server"]

START_S = 120.0
STOP_S = 20.0
TOKEN = "for-these-tests-only"
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/lab\?token=")


@dataclass(frozen=True)
class Lab:
    """A running server."""

    root: Path
    """The folder that it serves."""
    port: int
    log: Path

    def url(self, path: str) -> str:
        """Address of a page of JupyterLab, with nothing open from before: "lab/tree/course"."""
        return f"http://127.0.0.1:{self.port}/{path}?token={TOKEN}&reset"

    def shut_down_kernels(self) -> None:
        """End every kernel, as nobody does who only closes a page."""
        for kernel in json.loads(self._asked("GET", "api/kernels")):
            self._asked("DELETE", f"api/kernels/{kernel['id']}")

    def _asked(self, method: str, path: str) -> bytes:
        address = f"http://127.0.0.1:{self.port}/{path}"
        request = urllib.request.Request(address, method=method, headers={"Authorization": f"token {TOKEN}"})
        with urllib.request.urlopen(request) as answer:
            return bytes(answer.read())


@contextmanager
def lab_server(course: Path, home: Path) -> Iterator[Lab]:
    """JupyterLab as `make lab` starts it, in the folder `course`, on a free port, without opening a browser.

    Raises:
        RuntimeError: it ended or said nothing of its address; with the end of its log.
    """
    log = home / "server.log"
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--port=0", "--allow-root"]
    with subprocess.Popen(
        [*command, f"--IdentityProvider.token={TOKEN}"],
        cwd=course,
        env=clean_environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        port: list[int] = []
        known = threading.Event()
        reader = threading.Thread(target=_read, args=(process, log, port, known))
        reader.start()
        try:
            known.wait(START_S)
            if not port:
                raise RuntimeError(f"JupyterLab did not start: {log.read_text()[-2000:]}")
            yield Lab(course, port[0], log)
        finally:
            process.terminate()
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
            reader.join()


def _read(process: subprocess.Popen[str], log: Path, port: list[int], known: threading.Event) -> None:
    """Keep what the server says, so that it never waits for a reader, and find its address in it."""
    assert process.stdout is not None
    with log.open("w", encoding="utf-8") as file:
        for line in process.stdout:
            file.write(line)
            file.flush()
            if not port and (address := ADDRESS.search(line)):
                port.append(int(address[1]))
                known.set()
    known.set()


def clean_environment(home: Path) -> dict[str, str]:
    """A user who has just been made: an empty home and no settings, with this environment's programs first."""
    return {
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "LANG": "C.UTF-8",
        "MPLCONFIGDIR": str(home / "matplotlib"),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.defpath]),
    }
