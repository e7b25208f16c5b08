"""Programs in a sandbox of each tier that holds here."""

import sys
from collections.abc import Callable

import pytest
from autograder.sandbox import Box, Mounts, Quota, Tier, interpreter_binds, start
from boxes import FOLDER, PATIENCE_S, Run, Start

ROOMY = Quota(cpu_s=20.0, wall_s=40.0)


@pytest.fixture(params=["A", "B"])
def tier(request: pytest.FixtureRequest) -> Tier:
    return Tier(request.param, "")


@pytest.fixture
def boxed(tier: Tier) -> Start:
    """Start Python code in a sandbox."""

    def begin(
        code: str,
        *arguments: str,
        quota: Quota = ROOMY,
        pass_fds: tuple[int, ...] = (),
        **seen: object,
    ) -> Box:
        mounts = Mounts(folder=FOLDER, **{"read_only": interpreter_binds()} | seen)  # type: ignore[arg-type]
        return start([sys.executable, "-I", "-c", code, *arguments], mounts, quota, tier, pass_fds)

    return begin


@pytest.fixture
def run_inside(boxed: Start) -> Callable[..., Run]:
    """Run Python code in a sandbox to its end."""

    def to_the_end(*arguments: str, **options: object) -> Run:
        with boxed(*arguments, **options) as box, open(box.stdout, closefd=False) as output:
            told = output.read()
            ending = box.wait(PATIENCE_S)
            assert ending is not None
            return Run(ending, told, box.diagnostics(), box.usage())

    return to_the_end
