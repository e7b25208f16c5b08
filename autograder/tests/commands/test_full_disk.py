"""Covers `course.release` and `grading.batch`: on a disk that is really full, the gradebook is as good as before.

The course lies on a tmpfs of its own, in a mount namespace that ends with the command, so nothing else is filled.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from autograder.course.folder import Course
from autograder.course.nbgrader_api import gradebook_of
from autograder.grading.batch import grade
from autograder.log import LOG
from autograder.reports.report import as_json, report_on
from classroom import put
from folders import TINY

FILL = """\
set -e
mount -t tmpfs -o size=16m tmpfs "$1"
cp -a "$2"/. "$1"
head -c 100m /dev/zero > "$1/ballast" 2>/dev/null || true
truncate -s -"$4" "$1/ballast"
cd "$1"
shift 4
status=0
"$@" || status=$?
rm ballast
cp -a . "$SAVED"
exit $status
"""


def on_a_full_disk(course: Course, tmp_path: Path, free_bytes: int, *command: object) -> tuple[int, str, Course]:
    """Run `autograder` on a copy of the course with so many bytes left; returns status, message and what is left."""
    mount, saved = tmp_path / "mount", tmp_path / "saved"
    mount.mkdir()
    saved.mkdir()
    program = [sys.executable, "-m", "autograder", *map(str, command)]
    shell = ["sh", "-c", FILL, "sh", mount, course.root, "-", str(free_bytes)]
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", *shell, *program],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": str(tmp_path), "SAVED": str(saved)},
    )
    assert "unshare" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr, Course(saved)


def state(course: Course) -> str:
    return json.dumps(as_json(report_on(course, "01-tiny")))


def files(course: Course) -> dict[str, bytes]:
    paths = (path for path in course.root.rglob("*") if path.is_file() and path.name != LOG)
    return {str(path.relative_to(course.root)): path.read_bytes() for path in paths}


@pytest.fixture
def graded(course: Course) -> Course:
    put(course, "ada")
    put(course, "bob", solved=False)
    grade(course, "01-tiny")
    return course


@pytest.mark.parametrize("free_bytes", [0, 40_000, 150_000])
def test_a_release_that_does_not_fit(free_bytes: int, graded: Course, tmp_path: Path) -> None:
    shutil.copytree(TINY.parent, graded.root / "solutions" / "01-tiny")
    before = state(graded)
    status, message, left = on_a_full_disk(graded, tmp_path, free_bytes, "release", "01")
    assert status == 1
    assert "No space left on device" in message
    assert "Traceback" not in message
    assert state(left) == before
    assert files(left) == files(graded)


@pytest.mark.parametrize("free_bytes", [0, 8_000])
def test_scores_that_do_not_fit(free_bytes: int, graded: Course, tmp_path: Path) -> None:
    put(graded, "bob")
    before = state(graded)
    status, message, left = on_a_full_disk(graded, tmp_path, free_bytes, "grade", "01")
    assert status == 1
    assert "Traceback" not in message
    assert "full disk" in message or "No space left" in message
    with gradebook_of(left) as gradebook:
        notebook = gradebook.find_submission_notebook("tiny", "01-tiny", "bob")
        assert [grade.score for grade in notebook.grades] == [0, 0, 0]
    assert json.loads(before)["submissions"][0] == json.loads(state(left))["submissions"][0]
    grade(left, "01-tiny")
    assert report_on(left, "01-tiny").rows[1].score == 5
