"""The one course that all attacks are tried on, and what `-k` with the name of one attack selects."""

from collections.abc import Iterator

import pytest
from grading_room import GradingRoom
from hostile import archives, attacks
from surroundings import Servers, adopting_orphans

collect_ignore_glob = ["*/*"]  # the attacks: declarations, not modules


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let `-k` with the name of an attack also select the tests of its surroundings, which go by its kind."""
    if kind := _parameters(item).get("kind"):
        item.extra_keyword_matches.update(attack.student for attack in attacks(kind))
    elif item.name == "test_what_archives_bring_is_graded_like_all_else":
        item.extra_keyword_matches.update(archive.name for archive in archives() if archive.graded)


def _parameters(item: pytest.Item) -> dict[str, object]:
    return item.callspec.params if hasattr(item, "callspec") else {}


@pytest.fixture(scope="session")
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GradingRoom]:
    """The grading room for what this session has selected, with servers beside it that nobody may visit."""
    parameters = [_parameters(item) for item in request.session.items]
    selected = {id(each[name]): each[name] for each in parameters for name in ("attack", "archive") if name in each}
    with Servers() as servers, adopting_orphans():
        yield GradingRoom(tmp_path_factory.mktemp("attacks"), servers, list(selected.values()))
