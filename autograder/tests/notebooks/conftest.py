"""The commands that run and grade the notebooks, started once for all tests of them."""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from autograder.course.languages import LANGUAGES
from autograder.course.source import load_source
from nbgrader_commands import typed
from plain_jupyter import SOURCES, Shown, execute, grade


@pytest.fixture(scope="session")
def everything(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Shown]]:
    """The assignments that this session tests, as many commands side by side as there are processors."""
    base = tmp_path_factory.mktemp("course")
    home = tmp_path_factory.mktemp("home")
    # matplotlib looks for fonts once in a user's life and may say so
    typed([sys.executable, "-c", "import matplotlib.font_manager"], base, home)
    chosen = {item.callspec.params["assignment"] for item in request.session.items if isinstance(item, pytest.Function)}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield {
            assignment: Shown(
                source := load_source(SOURCES[assignment]),
                {language: pool.submit(execute, source, language, base, home) for language in LANGUAGES},
                pool.submit(grade, source, base / "graded" / assignment, home),
            )
            for assignment in sorted(chosen)
        }
        pool.shutdown(cancel_futures=True)


@pytest.fixture
def shown(everything: dict[str, Shown], assignment: str) -> Shown:
    return everything[assignment]
