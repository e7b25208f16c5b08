"""Covers `proof.verdicts`, `proof.trials`, `proof.harness` and `commands.prove`: planted faults and no others."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from proving import NUMBERS, edit


def test_a_sound_corpus_has_no_faults(proved: Callable[..., dict[str, Any]]) -> None:
    assert proved() == NUMBERS


def test_one_exercise_alone(solutions: Path, run: Callable[..., Result]) -> None:
    result = run("prove", "01", "triple", "--solutions", solutions, "--json")
    assert json.loads(result.stdout)["notebooks"]["01-sheets"] == NUMBERS | dict.fromkeys(
        ("wrong", "right", "references", "stubs"), 1
    )


FAULTS = {
    "a wrong answer that nothing catches": (
        "wrong/triple-four",
        '"""Four times.\n\nDiagnosis: constant-factor\n"""\ndef triple(x):\n    return x + 2 * x\n',
        "survivors",
        "a wrong answer has full marks, 2 of 2 points",
    ),
    "a right answer that is refused": (
        "right/triple-list",
        '"""Only the first is right."""\ndef triple(x):\n    return 3 * np.abs(x)\n',
        "refused",
        "a right answer loses points, 0 of 2 points",
    ),
    "another diagnosis than promised": (
        "wrong/triple-half",
        '"""Half of it.\n\nDiagnosis: transpose\n"""\ndef triple(x):\n    return 1.5 * x\n',
        "diagnosis_missed",
        "expected: transpose; got: factor-2",
    ),
    "words that the report does not say": (
        "wrong/triple-raises",
        '"""It raises.\n\nDiagnosis: "it raises KeyError"\n"""\ndef triple(x):\n    return [][1]\n',
        "diagnosis_missed",
        'expected: "it raises KeyError"; got: raises',
    ),
    "an endless one": (
        "right/triple-endless",
        '"""It never ends."""\ndef triple(x):\n    while True:\n        pass\n',
        "refused",
        "TimeLimit: longer than 1 s",
    ),
    "one that crashes the interpreter": (
        "right/triple-crash",
        '"""It crashes."""\nimport ctypes\ndef triple(x):\n    ctypes.string_at(0)\n',
        "refused",
        "its process was ended by SIGSEGV",
    ),
    "one that leaves": (
        "right/triple-leaves",
        '"""It leaves."""\nimport os\ndef triple(x):\n    os._exit(3)\n',
        "refused",
        "its process ended itself",
    ),
    "one that takes all memory": (
        "right/triple-memory",
        '"""It is large."""\ndef triple(x):\n    return np.ones((1 << 34,))[: len(x)]\n',
        "refused",
        "Unable to allocate 128. GiB",
    ),
    "one whose cell fails": (
        "right/triple-cell",
        '"""It fails at once."""\nundefined\n',
        "refused",
        "NameError: name 'undefined' is not defined",
    ),
    "one that spoils what all share": (
        "right/triple-spoils",
        '"""It leaves NumPy in ruins."""\ndef triple(x):\n    np.asarray = None\n    return 2 * x\n',
        "refused",
        "loses points",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_reported_alone(
    fault: str,
    plant: Callable[[str, str], None],
    proved: Callable[..., dict[str, Any]],
    solutions: Path,
    run: Callable[..., Result],
) -> None:
    name, text, key, sentence = FAULTS[fault]
    plant(name, text)
    kind, _, answer = name.partition("/")
    assert proved("--seconds", 1) == NUMBERS | {kind: 3, key: [answer]}
    told = run("prove", "01", "--solutions", solutions, "--seconds", 1).stdout
    assert f"{name}: " in told
    assert sentence in told
    assert "\x1b" not in told  # plain text where nobody looks


def test_what_an_endless_wrong_answer_promises(
    plant: Callable[[str, str], None], proved: Callable[..., dict[str, Any]]
) -> None:
    plant(
        "wrong/triple-endless", '"""No end.\n\nDiagnosis: time-limit\n"""\ndef triple(x):\n    while True:\n        x\n'
    )
    plant("wrong/triple-crash", '"""It dies.\n\nDiagnosis: crash\n"""\nimport os\ndef triple(x):\n    os.abort()\n')
    plant("wrong/triple-words", '"""It raises.\n\nDiagnosis: "raises IndexError"\n"""\ndef triple(x):\n    [][1]\n')
    assert proved("--seconds", 1) == NUMBERS | {"wrong": 5}


def test_a_right_answer_may_be_loud(plant: Callable[[str, str], None], proved: Callable[..., dict[str, Any]]) -> None:
    body = 'import os\ndef triple(x):\n    os.write(1, b"?" * 99999)\n    print("!" * 9999999)\n    return 3 * x\n'
    plant("right/triple-loud", f'"""Loud."""\n{body}')
    assert proved() == NUMBERS | {"right": 3}


def test_a_stub_that_scores(solutions: Path, proved: Callable[..., dict[str, Any]]) -> None:
    edit(
        solutions,
        "expect=lambda x: x + x + x)\n### END HIDDEN TESTS\nsheet.report()",
        "expect=0)\n### END HIDDEN TESTS\n1.5",
    )
    assert proved() == NUMBERS | {
        "stubs_scored": ["triple"],
        "refused": ["triple-added"],
        "references_refused": ["triple"],
        "diagnosis_missed": ["triple-sign"],
    }


def test_a_solution_that_its_own_tests_refuse(solutions: Path, proved: Callable[..., dict[str, Any]]) -> None:
    edit(solutions, "return triple(x).mean(axis=0)", "return 2 * triple(x).mean(axis=0)")
    assert proved() == NUMBERS | {"references_refused": ["mean_triple"]}


def test_tests_without_sheets(tiny: Path, tmp_path: Path, run: Callable[..., Result]) -> None:
    """Bare asserts and a number as the last line are tests, too; they can only promise words."""
    folder = Path(shutil.copytree(tiny.parent, tmp_path / "solutions" / "01-tiny"))
    for kind, name, text in (
        ("wrong", "double-one", '"""Nothing.\n\nDiagnosis: "double(2) is not 4"\n"""\ndef double(x):\n    return x\n'),
        (
            "wrong",
            "rms-no-root",
            '"""No root.\n\nDiagnosis: root\n"""\ndef rms(v):\n    return sum(x * x for x in v) / len(v)\n',
        ),
        ("right", "rms-power", '"""A power."""\ndef rms(v):\n    return (sum(x * x for x in v) / len(v)) ** 0.5\n'),
    ):
        (folder / "answers" / kind).mkdir(parents=True, exist_ok=True)
        (folder / "answers" / kind / f"{name}.py").write_text(text, encoding="utf-8")
    result = run("prove", "tiny", "--solutions", folder.parent, "--json")
    assert json.loads(result.stdout)["notebooks"]["01-tiny"] == NUMBERS | {
        "right": 1,
        "diagnosis_missed": ["rms-no-root"],
    }


def test_a_notebook_that_fails_by_itself_is_named(solutions: Path, run: Callable[..., Result]) -> None:
    edit(solutions, "import numpy as np\n", "import numpy as np\n1 / 0\n")
    result = run("prove", "01", "--solutions", solutions)
    assert result.exit_code == 1
    assert "the cell imports fails with the notebook's own solutions: got ZeroDivisionError" in result.stderr
