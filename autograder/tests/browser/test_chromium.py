"""A browser is found or asked for in one sentence; the tests that need it are never skipped."""

import subprocess
import sys
from pathlib import Path

import chromium


def find(home: Path, **environment: str) -> tuple[int, str, str]:
    """Status, output and last line of the errors of `python chromium.py` where there are no programs."""
    done = subprocess.run(
        [sys.executable, chromium.__file__],
        env={"HOME": str(home), "PATH": str(home)} | environment,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout, (done.stderr.splitlines() or [""])[-1]


def test_the_environment_variable_comes_first(tmp_path: Path) -> None:
    named = tmp_path / "my-browser"
    named.write_text("#!/bin/sh\n")
    named.chmod(0o755)
    assert find(tmp_path, CHROMIUM=str(named)) == (0, f"{named}\n", "")


def test_a_name_that_does_not_start_is_an_error_and_no_second_choice(tmp_path: Path) -> None:
    named = tmp_path / "chromium"
    named.write_text("#!/bin/sh\necho 'install the chromium snap'\nexit 1\n")
    named.chmod(0o755)
    status, output, told = find(tmp_path, CHROMIUM=str(named))
    assert (status, output) == (1, "")
    assert told == f"the environment variable CHROMIUM names {named}, which does not start: correct or unset it"


def test_where_none_can_be_had_a_sentence_says_what_to_do(tmp_path: Path) -> None:
    # nothing listens on that port, so Playwright's installer ends at once
    offline = {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "none"), "PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9"}
    status, output, told = find(tmp_path, **offline)
    assert (status, output) == (1, "")
    assert told.startswith("the browser tests need Chromium or Chrome: install one, or name one in the environment")
    assert "`apt-get install chromium`: there is no apt-get" in told
    assert "`playwright install chromium`: Error: " in told
