"""A right answer that is wrong now and then is refused under the seeds under which it is wrong, and no others."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result


def test_right_answers_under_many_seeds(
    solutions: Path, plant: Callable[[str, str], None], run: Callable[..., Result]
) -> None:
    def numbers() -> tuple[int, dict[str, Any]]:
        result = run("prove", "01", "triple", "--seeds", 40, "--solutions", solutions, "--json")
        return result.exit_code, json.loads(result.stdout)["notebooks"]["01-sheets"]

    assert numbers() == (0, {"seeds": 40, "runs": 80, "refused": []})
    plant("right/triple-moody", '"""Wrong now and then."""\ndef triple(x):\n    return 3 * x + (x.flat[0] > 1.7)\n')
    status, found = numbers()
    assert status == 1
    refused = {one["seed"] for one in found["refused"]}
    assert 0 < len(refused) < 40  # each seed has inputs of its own
    assert {one["answer"] for one in found["refused"]} == {"right/triple-moody"}
