"""A class of the first notebook, graded by plain nbgrader and by this kit, in one run: `make bench-grading`.

Both grade the same submissions in a course folder of their own, each as the command that somebody would type. Plain
nbgrader is the same version with its own exporter and preprocessors: one kernel after the other, no sandbox.
Prints what they took and whether the scores agree, and writes results.json: a list of {"what", "value", "must", "met"}.
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import measured
import nbformat
from autograder.course.answers import answers_of, fill, load_answer
from autograder.course.folder import Course
from autograder.course.release import release
from autograder.course.source import Source, find_source, load_source
from autograder.grading.cells import plan_of
from autograder.grading.engine import check_seed
from autograder.grading.runner import secret_of
from nbgrader_commands import AUTOGRADE, Scores, autograded, make_plain, scores, trapped

SOLUTIONS = Path(__file__).parents[2] / "solutions"
WARM = "warm-up"
"""A student who is graded before the clock runs: what is compiled or read from disk for the first time is for both."""


def hand_in(course: Course, source: Source, count: int, seed: int) -> None:
    """Put submissions of `count` students and of WARM into submitted/, no two of them the same."""
    draw, seen = random.Random(seed), set[str]()
    choices = _choices(course, source)
    for student in [WARM, *(f"student-{number:03}" for number in range(1, count + 1))]:
        released = nbformat.read(_release(course, source, draw.choice(("en", "zh"))), as_version=4)
        while True:
            text = nbformat.writes(fill(released, dict(_drawn(choices, draw))))
            if text not in seen:
                break
        seen.add(text)
        path = course.step("submitted", student, source.assignment) / f"{source.name}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")


def _release(course: Course, source: Source, language: str) -> Path:
    return course.released(source.assignment, language) / f"{source.name}.ipynb"


def _choices(course: Course, source: Source) -> dict[str, tuple[str, list[str], list[str]]]:
    """The instructor's solution, other right answers and wrong ones, by exercise."""
    instructors = course.root / "source" / source.assignment / f"{source.name}.ipynb"
    choices: dict[str, tuple[str, list[str], list[str]]] = {
        exercise: (solution, [], [])
        for exercise, solution in answers_of(nbformat.read(instructors, as_version=4)).items()
    }
    for place, kind in ((1, "right"), (2, "wrong")):
        for path in sorted((source.path.parent / "answers" / kind).glob("*.py")):
            exercise, code = load_answer(path)
            choices[exercise][place].append(code)
    return choices


def _drawn(choices: dict[str, tuple[str, list[str], list[str]]], draw: random.Random) -> Iterator[tuple[str, str]]:
    """One student's answers: four in ten as the instructor's, three right, two wrong, one left as it was released."""
    for exercise, (solution, right, wrong) in choices.items():
        luck = draw.random()
        if luck < 0.4:
            yield exercise, solution
        elif luck < 0.7:
            yield exercise, draw.choice(right or [solution])
        elif luck < 0.9:
            yield exercise, draw.choice(wrong or [solution])


def of_the_class(course: Course, assignment: str) -> Scores:
    """The scores of everybody but WARM."""
    return {item: score for item, score in scores(course, assignment).items() if item[0] != WARM}


def compare(plain: Course, ours: Course, source: Source) -> int:
    """Print how the scores agree and each difference that nothing explains; returns the number of those."""
    items = of_the_class(plain, source.assignment).keys() | of_the_class(ours, source.assignment).keys()
    different = _different(plain, ours, source)
    warned = different & trapped(plain, source)
    redrawn = different - warned
    for student in sorted({student for student, _ in redrawn}):
        _grade_with_our_inputs(plain, ours, source, student)
    unexplained = redrawn & _different(plain, ours, source)
    print(f"scores: {len(items)} items, {len(items) - len(different)} the same, {len(different)} different")
    print(f"  {len(warned)} of them wrote to stderr in the test: that takes all points in plain nbgrader, none here")
    print(
        f"  {len(redrawn - unexplained)} of them had luck with the inputs that are drawn for the tests: "
        "with the same inputs, plain nbgrader gives the same score"
    )
    for item in sorted(unexplained):
        found = [of_the_class(course, source.assignment).get(item) for course in (plain, ours)]
        print("  {} {}: nbgrader {}, here {}".format(*item, *found))
    return len(unexplained)


def _different(plain: Course, ours: Course, source: Source) -> set[tuple[str, str]]:
    before, after = of_the_class(plain, source.assignment), of_the_class(ours, source.assignment)
    return {item for item in before.keys() | after.keys() if before.get(item, -1) != after.get(item, -1)}


def _grade_with_our_inputs(plain: Course, ours: Course, source: Source, student: str) -> None:
    """Grade a submission by plain nbgrader once more, with the random inputs that it got here."""
    instructors = nbformat.read(ours.root / "source" / source.assignment / f"{source.name}.ipynb", as_version=4)
    seed = check_seed(plan_of(autograded(ours, source, student), instructors), secret_of(ours.root))
    command = [*AUTOGRADE, source.assignment, f"--student={student}", "--force"]
    measured.run(command, plain.root, environment={"CHAINRULE_CHECK_SEED": seed})


def prepare(base: Path, source: Source, count: int, seed: int) -> tuple[Course, Course]:
    """Two course folders with the same class, the first one for plain nbgrader."""
    ours = Course(base / "kit")
    release(ours, source)
    hand_in(ours, source, count, seed)
    shutil.copytree(ours.root, base / "plain")
    plain = Course(base / "plain")
    make_plain(plain)
    return plain, ours


def race(plain: Course, ours: Course, assignment: str) -> tuple[measured.Measured, measured.Measured]:
    """Grade WARM with both, then, measured, everybody else."""
    measured.run([*AUTOGRADE, assignment, f"--student={WARM}"], plain.root)
    measured.run(measured.autograder("grade", assignment, WARM), ours.root)
    return measured.run([*AUTOGRADE, assignment], plain.root), measured.run(
        measured.autograder("grade", assignment), ours.root
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=100, metavar="N", help="submissions in the class (100)")
    parser.add_argument("--seed", type=int, default=1, help="of the answers that they have (1)")
    options = parser.parse_args()
    if options.students < 1:
        parser.error(f"a class has at least one student, not {options.students}")
    print(measured.machine(), flush=True)
    source = load_source(find_source(SOLUTIONS, "01"))
    with tempfile.TemporaryDirectory(prefix="bench-grading-") as base:
        plain, ours = prepare(Path(base), source, options.students, options.seed)
        theirs, own = race(plain, ours, source.assignment)
        ratio = theirs.wall_s / own.wall_s
        print(f"{options.students} submissions of {source.assignment}, no two the same")
        for name, found in (("plain nbgrader", theirs), (f"autograder, {os.cpu_count()} at a time", own)):
            each = found.wall_s / options.students
            print(f"  {name:26} {found.wall_s:7.1f} s, {each:.2f} s each, at most {found.peak_mib:.0f} MiB")
        print(f"  {ratio:.1f} times as fast; load {os.getloadavg()[0]:.1f} at the end")
        different = compare(plain, ours, source)
        graded = len({student for student, _ in of_the_class(ours, source.assignment)})
    lines: list[dict[str, Any]] = [
        {"what": f"grading {options.students}, speed / plain nbgrader", "value": round(ratio, 2), "must": "at least 8",
         "met": ratio >= 8},
        {"what": "honest items with another score than in plain nbgrader", "value": different, "must": "at most 0",
         "met": different == 0},
        {"what": "submissions graded", "value": graded, "must": f"at least {options.students}",
         "met": graded >= options.students},
    ]  # fmt: skip
    for line in lines:
        print(f"{line['what']}: {line['value']} (must: {line['must']}) {'yes' if line['met'] else 'NO'}")
    Path(__file__).with_name("results.json").write_text(json.dumps(lines, indent=1) + "\n")
    return not all(line["met"] for line in lines)


if __name__ == "__main__":
    sys.exit(main())
