"""Grading killed again and again, and a large class: `make stress-grading`, or one of the two by its option.

--kills: a class of 60 is graded by a command that SIGKILL ends at random moments, as if somebody pulled the plug. What
the gradebook holds in the end is compared with that of a class that nobody disturbed. First the class is new; when all
of it is graded, marks are entered by hand and everything is graded again.
--students: the memory of the grader over one large class.
Both work on the small notebook of the tests, in folders for temporary files.
"""

import argparse
import contextlib
import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import measured
import psutil
from autograder.course.folder import Course
from autograder.course.nbgrader_api import gradebook_of
from autograder.course.release import release
from autograder.course.source import load_source
from autograder.sandbox.cgroup import Hierarchy, find_hierarchy
from classroom import ASSIGNMENT, put
from folders import TINY
from surroundings import adopting_orphans, processes

CLASS = 60
GRADE = measured.autograder("grade", ASSIGNMENT, "--yes")

Row = tuple[str, str, float | None, float | None]
"""Student, item, automatic score and manual score."""


def new_course(root: Path, students: int, different: int) -> Course:
    """A course in which `students` have handed in, `different` of these notebooks different from one another."""
    course = Course(root)
    release(course, load_source(TINY))
    for number in range(students):
        kind = number % different
        answers = {} if kind % 3 == 0 else {"double": f"def double(x):\n    return {kind % 3} * x"}
        put(course, f"student-{number:04}", **answers, **{"written-why": f"Because of reason {kind}."})
    return course


def rows(course: Course) -> list[Row]:
    """All scores in the gradebook; a list, for a score that is there twice must be seen."""
    with gradebook_of(course) as gradebook:
        found = [
            (submission.student_id, grade.name, grade.auto_score, grade.manual_score)
            for submission in gradebook.assignment_submissions(ASSIGNMENT)
            for notebook in submission.notebooks
            for grade in notebook.grades
        ]
    return sorted(found, key=lambda row: row[:2])


def mark(course: Course) -> None:
    """Enter a manual score for each written answer, as somebody does in formgrader."""
    with gradebook_of(course) as gradebook:
        for submission in gradebook.assignment_submissions(ASSIGNMENT):
            grade = gradebook.find_grade("written-why", "tiny", ASSIGNMENT, submission.student_id)
            grade.manual_score = int(submission.student_id[-1]) % 5
            grade.needs_manual_grade = False
        gradebook.db.commit()


class Killer:
    """Starts grading and ends it, and looks at what is left."""

    def __init__(self, course: Course, draw: random.Random, longest_s: float) -> None:
        self._course, self._draw, self._longest_s = course, draw, longest_s
        self.started: set[int] = set()
        self.survivors: list[str] = []
        self.kills = 0
        self.failures: list[str] = []

    def attempt(self, *options: str) -> bool:
        """Grade, and kill that at some moment; true if it had ended by itself before."""
        log = self._course.root.parent / "killed.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [*GRADE, *options],
                cwd=self._course.root,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
            self.started.add(process.pid)
            try:
                status = process.wait(self._draw.uniform(0, self._longest_s))
            except subprocess.TimeoutExpired:
                self.kills += 1
                return False
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                self.survivors += processes()
        if status:
            self.failures.append(log.read_text(encoding="utf-8", errors="replace")[-2000:])
        return True


def files(course: Course) -> set[str]:
    """What is in the course folder, but for results, whose names depend on a secret."""
    paths = {path.relative_to(course.root) for path in course.root.rglob("*") if path.is_file()}
    return {str(path) for path in paths if path.parts[0] != ".executed"}


def groups_of(started: set[int]) -> list[str]:
    """Control groups that processes of these numbers have left."""
    hierarchy = find_hierarchy()
    if not isinstance(hierarchy, Hierarchy):
        return []
    found = [path for base in hierarchy.folders() for path in base.glob("autograder-*-*")]
    return [str(path) for path in found if int(path.name.split("-")[1]) in started]


def stress_by_kills(base: Path, wanted: int, seed: int) -> list[str]:
    """Kill grading `wanted` times; returns what went wrong."""
    undisturbed = new_course(base / "undisturbed", CLASS, CLASS)
    shutil.copytree(undisturbed.root, base / "killed")
    killed = Course(base / "killed")
    wall_s = measured.run(GRADE, undisturbed.root).wall_s
    print(f"undisturbed: {CLASS} graded in {wall_s:.1f} s", flush=True)
    killer = Killer(killed, random.Random(seed), wall_s)
    while not killer.attempt():
        pass
    print(f"a new class: all graded after {killer.kills} kills", flush=True)
    faults = _differences("after a new class", undisturbed, killed)
    for course in (undisturbed, killed):
        mark(course)
    measured.run([*GRADE, "--force"], undisturbed.root)
    while killer.kills < wanted:
        killer.attempt("--force")
        if killer.kills % 10 == 0:
            print(f"  {killer.kills} kills", flush=True)
    print(f"graded again: {killer.kills} kills in all", flush=True)
    killer.started.add(_undisturbed(killed))
    faults += _differences("after a run that goes on to the end", undisturbed, killed)
    # a run that finds all graded needs no sandbox, and so has no reason to remove what dead ones have left
    killer.started.add(_undisturbed(killed, "--force"))
    faults += _differences("after one from scratch", undisturbed, killed)
    faults += [
        f"file that nobody disturbed would not leave: {name}" for name in sorted(files(killed) - files(undisturbed))
    ]
    faults += [f"file lost: {name}" for name in sorted(files(undisturbed) - files(killed))]
    faults += [f"process left: {name}" for name in killer.survivors + processes()]
    faults += [f"control group left: {name}" for name in groups_of(killer.started)]
    return faults + [f"a run failed by itself: {told}" for told in killer.failures]


def _undisturbed(course: Course, *options: str) -> int:
    """Grade to the end; returns the number of the process."""
    process = subprocess.Popen([*GRADE, *options], cwd=course.root, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if process.wait():
        raise RuntimeError(f"the last run ended with status {process.returncode}")
    return process.pid


def _differences(when: str, expected: Course, course: Course) -> list[str]:
    before, after = rows(expected), rows(course)
    print(f"{when}: {len(after)} scores of {len({row[0] for row in after})} students, expected {len(before)}")
    lost = [f"{when}, lost: {row}" for row in before if row not in after]
    strange = [f"{when}, not expected: {row}" for row in after if row not in before]
    twice = [f"{when}, twice: {row[:2]}" for row, other in itertools.pairwise(after) if row[:2] == other[:2]]
    return lost + strange + twice


def stress_by_number(base: Path, students: int) -> list[str]:
    """Grade one large class and print the grader's memory; returns what went wrong."""
    course = new_course(base / "large", students, max(1, students // 2))
    autograded, started, step = course.root / "autograded", time.monotonic(), max(1, students // 10)
    due = step

    def look(process: int) -> None:
        nonlocal due
        there = len(list(autograded.iterdir())) if autograded.is_dir() else 0
        with contextlib.suppress(psutil.NoSuchProcess):
            if there >= due:
                own = psutil.Process(process).memory_info().rss / measured.MIB
                print(f"  {there:5} graded after {time.monotonic() - started:6.1f} s: grader {own:.0f} MiB", flush=True)
                due = there // step * step + step

    found = measured.run(GRADE, course.root, look)
    print(f"{students} in {found.wall_s:.0f} s; with all its processes at most {found.peak_mib:.0f} MiB")
    graded = {row[0] for row in rows(course)}
    return [] if len(graded) == students else [f"{students - len(graded)} of {students} are not graded"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=0, metavar="N", help="kill grading N times")
    parser.add_argument("--students", type=int, default=0, metavar="N", help="grade a class of N")
    parser.add_argument("--seed", type=int, default=1, help="of the moments of the kills (1)")
    options = parser.parse_args()
    if options.kills < 0 or options.students < 0 or not options.kills + options.students:
        parser.error("nothing to do: name a number of --kills, of --students, or of both")
    print(measured.machine(), flush=True)
    faults: list[str] = []
    with adopting_orphans(), tempfile.TemporaryDirectory(prefix="stress-grading-") as base:
        if options.kills:
            faults += stress_by_kills(Path(base), options.kills, options.seed)
        if options.students:
            faults += stress_by_number(Path(base), options.students)
    print(*faults, sep="\n")
    print(f"{len(faults)} faults; load {os.getloadavg()[0]:.1f} at the end")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
