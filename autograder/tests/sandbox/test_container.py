"""The container tier as far as it goes without an engine: its command line, word by word, and what it refuses."""

import os
import sys
from pathlib import Path

import pytest
from autograder.sandbox import Mounts, Quota, SandboxFailure, Tier, interpreter_binds, start
from autograder.sandbox.container import command, find_image

ENGINE = """#!/bin/sh
# an engine that answers, but has the image named "there" alone
test "$1" != image || test "$3" = there
"""


def after(words: list[str], flag: str) -> list[str]:
    return [words[place + 1] for place, word in enumerate(words) if word == flag]


def test_the_command_line_says_all_of_it(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "ops.py").touch()
    mounts = Mounts(
        folder=Path("/work"),
        read_only=(*interpreter_binds(), (tmp_path, Path("/kit"))),
        hidden=(Path("/kit/package"), Path("/kit/package/ops.py"), Path("/kit/missing")),
        shown_again=((tmp_path / "package/ops.py", Path("/kit/package/errors.py")),),
        environment={"COURSE": "x y"},
    )
    quota = Quota(memory_mib=300, processes=7, cpu_s=1.5, disk_mib=11, files=99, file_mib=3, open_files=33)
    words = command("docker", "image", "name", [sys.executable, "-m", "worker"], mounts, quota)
    assert words[:3] == ["docker", "run", "--interactive"]
    assert words[-4:] == ["image", "python", "-m", "worker"]
    assert "--read-only" in words
    assert after(words, "--network") == ["none"]
    assert after(words, "--cap-drop") == ["ALL"]
    assert after(words, "--security-opt") == ["no-new-privileges"]
    assert after(words, "--user") == ["1000:1000"]
    assert after(words, "--pids-limit") == ["7"]
    assert after(words, "--memory") == after(words, "--memory-swap") == ["300m"]
    assert after(words, "--ulimit") == ["core=0:0", "cpu=2:2", f"fsize={3 << 20}:{3 << 20}", "nofile=33:33"]
    assert after(words, "--tmpfs") == ["/work:rw,nosuid,nodev,noexec,size=11m,nr_inodes=99,mode=1777"]
    assert after(words, "--mount") == [
        f"type=bind,source={tmp_path},target=/kit,readonly=true",
        f"type=bind,source={tmp_path}/package/ops.py,target=/kit/package/errors.py,readonly=true",
        "type=tmpfs,target=/kit/package,tmpfs-size=4096",
        "type=bind,source=/dev/null,target=/kit/package/ops.py,readonly=true",
    ]
    assert after(words, "--env") == ["HOME=/work", "TMPDIR=/work", "COURSE=x y"]


def test_a_path_that_would_end_the_option_is_refused() -> None:
    mounts = Mounts(folder=Path("/work"), read_only=((Path("/a,readonly=false"), Path("/b")),))
    with pytest.raises(SandboxFailure, match="comma"):
        command("docker", "image", "name", ["python"], mounts, Quota())


def test_no_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxFailure, match="no container engine answers: expected docker or podman"):
        start(["python"], Mounts(folder=Path("/work")), Quota(), Tier("C", ""))


def test_no_image(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    engine = tmp_path / "docker"
    engine.write_text(ENGINE)
    engine.chmod(0o755)
    monkeypatch.delenv("AUTOGRADER_IMAGE", raising=False)
    with pytest.raises(SandboxFailure, match=r"got no AUTOGRADER_IMAGE\. To fix it: docker build"):
        find_image(str(engine))
    monkeypatch.setenv("AUTOGRADER_IMAGE", "elsewhere")
    with pytest.raises(SandboxFailure, match="got elsewhere"):
        find_image(str(engine))
    monkeypatch.setenv("AUTOGRADER_IMAGE", "there")
    assert find_image(str(engine)) == "there"


def test_no_further_descriptors() -> None:
    reading, writing = os.pipe()
    with pytest.raises(SandboxFailure, match="no descriptors but its standard streams"):
        start(["python"], Mounts(folder=Path("/work")), Quota(), Tier("C", ""), (reading,))
    os.close(reading)
    os.close(writing)
