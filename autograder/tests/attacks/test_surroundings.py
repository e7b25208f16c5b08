"""What looks after the attacks, against a daemon, changed files, visitors and pages that are known to do something."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from pages import what_acts
from surroundings import Servers, adopting_orphans, contents, processes, times

DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        print(os.getpid(), flush=True)
        os.closerange(0, 3)
        time.sleep(600)
os._exit(0)
"""


def test_a_process_that_has_cut_all_ties_is_seen() -> None:
    with adopting_orphans():
        done = subprocess.run([sys.executable, "-c", DAEMON], capture_output=True, text=True, check=True)
        daemon = int(done.stdout)
        seen = processes()
        os.kill(daemon, 9)
        os.waitpid(daemon, 0)
    assert [line for line in seen if line.startswith(f"{daemon} ")]
    assert not psutil.pid_exists(daemon)


def test_a_file_that_was_changed_and_dated_back_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text("a = 1", encoding="utf-8")
    status = path.stat()
    before = contents(tmp_path), times(tmp_path)
    path.write_text("a = 2", encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert contents(tmp_path) != before[0]
    assert times(tmp_path) != before[1]


def test_new_files_links_and_rights_are_seen(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    seen = [contents(tmp_path)]
    (tmp_path / "folder" / "link").symlink_to("/etc/passwd")
    seen.append(contents(tmp_path))
    (tmp_path / "folder").chmod(0o700)
    seen.append(contents(tmp_path))
    assert seen[0] != seen[1] != seen[2]
    assert contents(tmp_path, leaving_out=[tmp_path / "folder"]) == {}


def test_visitors_are_counted_and_forgotten() -> None:
    with Servers() as servers:
        assert servers.visitors() == []
        with socket.create_connection(("127.0.0.1", servers.port)), socket.socket(socket.AF_UNIX) as unix:
            unix.connect(f"\0{servers.name}")
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
                udp.sendto(b"x", ("127.0.0.1", servers.port))
        assert sorted(servers.visitors()) == ["tcp", "udp", "unix"]
        assert servers.visitors() == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>",
        "<img src=x>",
        "<b onclick='a()'>",
        "<a href='javascript:a()'>",
        "<meta http-equiv=refresh content=0>",
        "<p style='position:fixed'>",
        "\x1b[2J",
        "<svg>",
    ],
)
def test_what_acts_is_found(html: str) -> None:
    policy = "<meta content=\"default-src 'none'\">"
    assert what_acts(policy + html)
    assert what_acts(policy + "<p style='color:red'>1 &lt;script&gt;</p><img src='data:image/png;base64,'>") == []
    assert what_acts("<p>") == ["no policy"]
