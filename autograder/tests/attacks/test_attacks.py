"""Covers `grading.test_runner`, `guest.test_runner`, `guest.notebook_run`, `guest.supervisor`, `guest.worker`,
`guest.session` and `guest.link`: whatever is handed in gets what its answers deserve, and nobody else notices.

The truth is in each attack's own file: score, state, and words that its page must not have.
"""

import csv
import io

import pytest
from grading_room import CANARIES, GradingRoom
from handing_in import SECRETS
from hostile import KINDS, POINTS, Archive, Attack, archives, attacks
from pages import what_acts

QUESTION = "written-why"

HIDDEN = ("7319.25", "2468.5", "0.52083", "48611", "83147", "HIDDEN TESTS")
"""Inputs that stand in hidden tests only, and the words around these."""

each_notebook = pytest.mark.parametrize(
    "attack", [pytest.param(attack, id=attack.student) for kind in KINDS for attack in attacks(kind)]
)


def points(row: dict[str, object]) -> dict[str, float]:
    """Points by exercise, of a row of the report."""
    return {item["item"].removeprefix("test-"): item["score"] for item in row["items"]}


def test_the_corpus_is_as_large_as_it_has_to_be() -> None:
    hostile = [attack for kind in KINDS if kind != "honest" for attack in attacks(kind)]
    assert len(hostile) + len(archives()) >= 100
    assert len(attacks("honest")) >= 25
    told = [each.what for each in (*hostile, *attacks("honest"), *archives())]
    assert len(set(told)) == len(told), "two files try the same"
    assert all(attack.points == POINTS for attack in attacks("honest"))


@each_notebook
def test_the_author_gets_what_the_answers_deserve(attack: Attack, room: GradingRoom) -> None:
    row = room.graded(attack.kind).rows[attack.student]
    assert points(row) == attack.points | {QUESTION: 0}, row["reason"]
    assert row["state"] in attack.states, row["reason"]


@each_notebook
def test_the_page_tells_no_secret_and_cannot_act(attack: Attack, room: GradingRoom) -> None:
    row = room.graded(attack.kind).rows[attack.student]
    page = room.page(attack.student)
    assert bool(page) == (row["state"] != "not graded")
    forbidden = (*HIDDEN, *SECRETS.values(), *attack.never)
    assert [text for text in forbidden if text in page] == []
    assert not page or what_acts(page) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_else_notices(kind: str, room: GradingRoom) -> None:
    found = room.graded(kind)
    assert found.changes == []
    for name in CANARIES:
        row = found.rows[f"{kind}-{name}"]
        expected = POINTS if name.endswith("right") else dict.fromkeys(POINTS, 0)
        assert (row["state"], points(row)) == ("graded", expected | {QUESTION: 0}), name


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_instructor_reads_cannot_act(kind: str, room: GradingRoom) -> None:
    found = room.graded(kind)
    assert [letter for letter in found.shown if not letter.isprintable() and letter != "\n"] == []
    assert what_acts(found.html, frozenset({"links", "drawings"})) == []
    cells = [cell for line in csv.reader(io.StringIO(found.table)) for cell in line]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@pytest.mark.parametrize("archive", [pytest.param(archive, id=archive.name) for archive in archives()])
def test_an_archive_brings_notebooks_to_their_places_or_nothing(archive: Archive, room: GradingRoom) -> None:
    found = room.collected(archive)
    assert found.changes == []
    assert found.arrived == archive.graded.keys(), found.output
    assert bool(found.status) == bool(archive.refused), found.output
    assert archive.refused in found.output
    assert [letter for letter in found.output if not letter.isprintable() and letter != "\n"] == []


def test_what_archives_bring_is_graded_like_all_else(room: GradingRoom) -> None:
    found = room.collected_are_graded()
    assert found.changes == []
    for archive in room.bringing():
        for student, (state, deserved) in archive.graded.items():
            row = found.rows[student]
            expected = POINTS if deserved == "everything" else dict.fromkeys(POINTS, 0)
            assert (row["state"], points(row)) == (state, expected | {QUESTION: 0}), (archive.name, row["reason"])
