"""The one course that all attacks are tried on."""

from collections.abc import Iterator

import pytest
from grading_room import GradingRoom
from surroundings import Servers, adopting_orphans

collect_ignore_glob = ["*/*"]  # the attacks: declarations, not modules


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GradingRoom]:
    """The grading room, with servers beside it that nobody may visit."""
    with Servers() as servers, adopting_orphans():
        yield GradingRoom(tmp_path_factory.mktemp("attacks"), servers)
