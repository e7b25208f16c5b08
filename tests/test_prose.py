"""The notebooks' prose, as a browser will show it: no stray spaces in Chinese, no asterisks left over."""

import re
from pathlib import Path

import pytest
from autograder.course.languages import LANGUAGES
from autograder.course.source import edition, load_source, sources_in
from nbconvert.filters import markdown2html

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sources_in(ROOT / "solutions")


@pytest.mark.parametrize("assignment", SOURCES)
def test_no_line_of_chinese_prose_is_broken_where_it_would_show_as_a_space(assignment: str) -> None:
    chinese = "[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef]"
    prose = [cell.source for cell in load_source(SOURCES[assignment]).cells if cell.metadata.get("lang") == "zh"]
    assert re.findall(chinese, "".join(prose))
    assert [match[0] for text in prose for match in re.finditer(f".*{chinese}\n *{chinese}.*", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("assignment", SOURCES)
def test_no_asterisk_of_emphasis_is_left_in_rendered_prose(assignment: str, language: str) -> None:
    """`**重点：**下文` opens bold type that never closes: a full stop or colon belongs after the asterisks there."""
    for cell in edition(load_source(SOURCES[assignment]), language).cells:
        if cell.cell_type == "markdown" and "nbgrader" not in cell.metadata:
            without_formulas = re.sub(r"\$\$.*?\$\$|\$[^$\n]*\$", "", cell.source, flags=re.DOTALL)
            text = re.sub(r"<code.*?</code>", "", str(markdown2html(without_formulas)), flags=re.DOTALL)
            assert "**" not in text
