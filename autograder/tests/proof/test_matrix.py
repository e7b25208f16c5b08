"""The page of a small corpus: its marks of answer against property are counted by hand."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result


def test_the_page_shows_every_answer_against_every_property(
    solutions: Path, tmp_path: Path, plant: Callable[[str, str], None], run: Callable[..., Result]
) -> None:
    plant("right/triple-tag", '"""<script>alert(1)</script>"""\ndef triple(x):\n    return 2 * x\n')
    run("prove", "--solutions", solutions, "--html", tmp_path / "matrix.html")
    page = (tmp_path / "matrix.html").read_text(encoding="utf-8")
    for part in ("mean_triple-sum", "triple-added", "any x", "two rows", "sum-for-mean", "a right answer loses points"):
        assert part in page
    assert "<script" not in page
    # triple: sign, tag and the stub fail both properties; mean_triple: the sum and the stub
    assert page.count('class="cell hit"') == 2 * 3 + 2 * 2
