"""Cells and their slide types, against the pages of a deck that they must make in both languages."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from autograder.course.languages import LANGUAGES
from autograder.reports.slides import slides_of
from click.testing import Result
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

PLAIN = {"text/plain": "an object"}
DOT = base64.b64encode(b"a picture").decode()


def text(words: str, kind: str = "-") -> NotebookNode:
    return new_markdown_cell(words, metadata={"slideshow": {"slide_type": kind}})


def code(*outputs: NotebookNode, kind: str = "-") -> NotebookNode:
    return new_code_cell("secret = 1", outputs=list(outputs), metadata={"slideshow": {"slide_type": kind}})


def pages(*cells: NotebookNode, folder: Path = Path()) -> list[list[str]]:
    return [
        [" ".join(html for html, _ in slide.parts) for slide in column]
        for column in slides_of(new_notebook(cells=list(cells)), folder)
    ]


def words(found: list[list[str]]) -> list[list[str]]:
    return [[page.replace("<p>", "").replace("</p>", "").split()[0] for page in column] for column in found]


def test_slides_and_subslides() -> None:
    cells = [text("before"), text("one", "slide"), text("two", "subslide"), text("three", "slide")]
    assert words(pages(*cells)) == [["one", "two"], ["three"]]


def test_what_follows_goes_on_with_the_page() -> None:
    ((page,),) = pages(text("one", "slide"), text("two"), new_markdown_cell("three"), text("no", "skip"))
    assert [word in page for word in ("one", "two", "three", "no")] == [True, True, True, False]


def test_a_page_without_anything_to_see_is_left_out() -> None:
    assert words(pages(text("one", "slide"), code(kind="subslide"), text("hint", "notes"), text("two", "slide"))) == [
        ["one"],
        ["two"],
    ]


def test_notes_and_fragments() -> None:
    ((slide,),) = slides_of(
        new_notebook(cells=[text("one", "slide"), text("later", "fragment"), text("hint", "notes")]), Path()
    )
    assert [(later, "later" in html) for html, later in slide.parts] == [(False, False), (True, True)]
    assert ["hint" in note for note in slide.notes] == [True]


OUTPUTS = {
    "a picture, with its description": (
        new_output(
            "display_data", {"image/png": DOT, "text/plain": "<Image>"}, metadata={"image/png": {"alt": 'a "b"'}}
        ),
        'alt="a &quot;b&quot;"',
    ),
    "a widget's picture": (
        new_output("display_data", PLAIN | {"application/vnd.jupyter.widget-view+json": {}, "image/png": DOT}),
        f"data:image/png;base64,{DOT}",
    ),
    "a table": (new_output("execute_result", {"text/html": "<table></table>", "text/plain": "t"}), "<table></table>"),
    "a value": (new_output("execute_result", {"text/plain": "a < b"}), "<pre>a &lt; b</pre>"),
    "printed text": (new_output("stream", name="stdout", text="1 < 2"), "<pre>1 &lt; 2</pre>"),
}


@pytest.mark.parametrize("case", OUTPUTS)
def test_outputs_are_shown_without_their_code(case: str) -> None:
    output, html = OUTPUTS[case]
    ((page,),) = pages(code(output, kind="slide"))
    assert html in page
    assert "secret" not in page


def test_warnings_are_not_shown() -> None:
    assert pages(code(new_output("stream", name="stderr", text="careful"), kind="slide")) == []


def test_pictures_that_prose_names_are_in_the_deck(tmp_path: Path) -> None:
    (tmp_path / "dot.png").write_bytes(b"a picture")
    ((page,),) = pages(text("![dot](dot.png) ![far](far.png)", "slide"), folder=tmp_path)
    assert f'src="data:image/png;base64,{DOT}"' in page
    assert 'src="far.png"' in page


SLIDES = """\
# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# # Sums of $a$ & b

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# # $a$ 与 b 之和

# %% slideshow={"slide_type": "fragment"}
print(6 * 7)

# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-a", "locked": true, "points": 1}
1
"""


@pytest.fixture
def solutions(tmp_path: Path) -> Path:
    folder = tmp_path / "solutions" / "01-sums"
    folder.mkdir(parents=True)
    (folder / "sums.py").write_text(SLIDES, encoding="utf-8")
    return folder.parent


def test_a_deck_for_each_language(solutions: Path, tmp_path: Path, run: Callable[..., Result]) -> None:
    result = run("slides", "--solutions", solutions, "--to", tmp_path / "decks")
    assert result.exit_code == 0
    titles = {"en": "<title>Sums of a &amp; b</title>", "zh": "<title>a 与 b 之和</title>"}
    for language in LANGUAGES:
        deck = tmp_path / "decks" / language / "01-sums.html"
        assert str(deck) in result.output
        page = deck.read_text(encoding="utf-8")
        assert titles[language] in page
        assert "<pre>42" in page
        named = [part.partition('"')[0] for part in page.split('src="')[1:] + page.split('href="')[1:]]
        assert len([name for name in named if (deck.parent / name).is_file()]) == 4


FAULTS = {
    "a cell that fails": ("print(6 * 7)", "print(1 / 0)", "got top-2: ZeroDivisionError: division by zero"),
    "no slides": ('"slide"', '"skip"', "has no slides"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_notebook_that_gives_no_deck_is_named(
    fault: str, solutions: Path, tmp_path: Path, run: Callable[..., Result]
) -> None:
    before, after, sentence = FAULTS[fault]
    (solutions / "01-sums" / "sums.py").write_text(SLIDES.replace(before, after), encoding="utf-8")
    result = run("slides", "01", "--solutions", solutions, "--to", tmp_path / "decks")
    assert result.exit_code == 1
    assert "sums.py" in result.stderr
    assert sentence in result.stderr


def test_pictures_alone_and_a_line_alone_are_shown_larger() -> None:
    figure = new_output("display_data", {"image/png": DOT})
    line, page = text("**Exercise 1.** Write `relu`.", "slide"), text("much to read " * 20, "slide")
    cells = [line, page, code(figure, kind="slide"), text("look:", "slide"), code(figure)]
    columns = slides_of(new_notebook(cells=cells), Path())
    assert [slide.largest for (slide,) in columns] == [1.5, 1.0, 1.8, 1.0]


def test_chinese_is_emphasised_by_dots_and_a_title_beside_it_is_not() -> None:
    ((page,),) = pages(text("*最大*的那些，见 *Visualizing networks*", "slide"))
    assert page.count("<em") == 2
    assert '<em class="dotted">最大</em>' in page
    assert "<em>Visualizing networks</em>" in page
