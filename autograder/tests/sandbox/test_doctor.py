"""What `autograder doctor` says, against what holds on this machine; without bubblewrap it says what to do."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from autograder.sandbox import probe
from click.testing import Result


def test_the_tier_and_the_ingredients(run: Callable[..., Result]) -> None:
    told = run("doctor", "--json")
    report = json.loads(told.output)
    assert told.exit_code == 0
    assert report["tier"]["name"] == probe().name
    there = {finding["name"]: finding["there"] for finding in report["findings"]}
    assert there["bubblewrap"]
    assert there["seccomp"]
    assert there["control groups"] == (probe().name == "A")
    assert str(probe()) in run("doctor").output


def test_without_anything_it_fails_and_says_what_to_install(tmp_path: Path) -> None:
    """A process of its own, whose PATH has no bwrap, no engine and no apt-get."""
    command = [sys.executable, "-m", "autograder", "doctor"]
    environment = os.environ | {"PATH": str(tmp_path)}
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "tier none" in told.stdout
    assert "apt-get install bubblewrap" in told.stdout
    told = subprocess.run([*command, "--install"], env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "bubblewrap cannot be installed from here" in told.stderr
    assert "To fix it: install bubblewrap" in told.stderr
