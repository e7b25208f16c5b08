"""The page that goes back: whose it is, what was checked, in the right language, and nothing in it that acts."""

import base64
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from autograder.course.folder import Course
from autograder.course.nbgrader_api import gradebook_of
from autograder.grading.batch import grade
from classroom import put
from click.testing import Result

SCRIPT = "<script>alert(1)</script>"

DISPLAYS = f'''\
from IPython.display import HTML, SVG, Markdown, display
def double(x):
    return 2 * x
print("{SCRIPT}", "\\x1b[31mred")
display(HTML("{SCRIPT}<img src=x onerror=alert(1)>"))
display(SVG('<svg xmlns="http://www.w3.org/2000/svg">{SCRIPT}</svg>'))
display(Markdown("[x](javascript:alert(1))"))
display({{"image/png": "{base64.b64encode(SCRIPT.encode()).decode()}"}}, raw=True)
'''
FORGED = f'''\
class Forged:
    def __sub__(self, other): return self
    __abs__ = lambda self: self
    __lt__ = __eq__ = __rmul__ = __add__ = __sub__
    def __repr__(self): return "3"
    def _repr_html_(self):
        return """{SCRIPT}<b onclick="alert(1)" style="position:fixed;color:red">well done</b>
        <img src="https://example.org/x.png"><a href="javascript:alert(1)">a</a><style>*{{display:none}}</style>"""
rms = lambda values: Forged()
'''


@pytest.fixture
def page(course: Course, run: Callable[..., Result]) -> Callable[..., str]:
    def made(**answers: str) -> str:
        put(course, "ada", **answers)
        grade(course, "01-tiny")
        assert run("feedback", "01", "--course", course.root).exit_code == 0
        return (course.step("feedback", "ada", "01-tiny") / "tiny.html").read_text(encoding="utf-8")

    return made


def words(html: str) -> str:
    """What a reader sees."""
    body = html.partition("<body>")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_score_code_and_answer_are_there(page: Callable[..., str]) -> None:
    text = words(page(double="def double(x):\n    return x + x", **{"written-why": "Because of Jensen."}))
    assert "Tiny ada 5 / 5 points more to come: 4 points are marked by hand" in text
    assert "double 2 / 2" in text
    assert "return x + x" in re.sub(r" +", " ", text)
    assert "Because of Jensen." in text


def test_a_chinese_submission_gets_a_chinese_page(page: Callable[..., str]) -> None:
    text = words(page(language="zh"))
    assert "小练习 ada 5 / 5 分 还有 4 分由老师评阅" in text
    assert "Your code" not in text


def test_what_a_student_displays_cannot_act(page: Callable[..., str]) -> None:
    html = page(double=DISPLAYS)
    assert "<script" not in html.lower()
    assert "&lt;script&gt;alert(1)" in html
    assert not re.search(r"<[^>]*\son\w+\s*=", html)
    assert 'href="javascript' not in html
    assert "<svg" not in html
    assert "\x1b" not in html
    assert "data:image/png" not in html


def test_a_report_that_a_student_forges_cannot_act(page: Callable[..., str]) -> None:
    html = page(rms=FORGED)
    assert "rms 0 / 3" in words(html)  # an object of a student's is no number, whatever it says of itself
    assert "<script" not in html.lower()
    assert not re.search(r"<[^>]*\s(onclick|href=\"j|src=\"h)", html)
    assert not re.search(r"<[^>]*position", html)
    assert "<style>*" not in html


def test_the_page_forbids_scripts_and_addresses(page: Callable[..., str]) -> None:
    html = page()
    assert "default-src 'none'" in html
    assert not re.search(r"(src|href)=\"(?!data:|#)", html)


def test_the_instructors_comment_and_score_go_back(course: Course, run: Callable[..., Result]) -> None:
    put(course, "ada")
    grade(course, "01-tiny")
    with gradebook_of(course) as gradebook:
        gradebook.find_grade("written-why", "tiny", "01-tiny", "ada").manual_score = 3.5
        gradebook.find_grade("written-why", "tiny", "01-tiny", "ada").needs_manual_grade = False
        gradebook.find_comment("written-why", "tiny", "01-tiny", "ada").manual_comment = "Nicely said & short."
        gradebook.db.commit()
    run("feedback", "01", "--course", course.root)
    html = (course.step("feedback", "ada", "01-tiny") / "tiny.html").read_text(encoding="utf-8")
    assert "8.5 / 9 points" in words(html)
    assert "Nicely said &amp; short." in html


def test_who_cannot_be_read_is_told_so(course: Course, run: Callable[..., Result]) -> None:
    put(course, "ada", text="{")
    grade(course, "01-tiny")
    run("feedback", "01", "--course", course.root)
    html = (course.step("feedback", "ada", "01-tiny") / "tiny.html").read_text(encoding="utf-8")
    assert "Your file could not be read" in words(html)
    assert "0 / 9 points" in words(html)


def test_a_picture_is_drawn_anew(course: Course, run: Callable[..., Result], page: Callable[..., str]) -> None:
    draw = "import matplotlib.pyplot as plt\ndef double(x):\n    return 2 * x\nplt.plot([1, 2])\nplt.show()"
    html = page(double=draw)
    notebook = nbformat.read(Path(course.step("autograded", "ada", "01-tiny")) / "tiny.ipynb", as_version=4)
    (original,) = [
        output.data["image/png"].strip()
        for cell in notebook.cells
        if cell.id == "double"
        for output in cell.outputs
        if "data" in output and "image/png" in output.data
    ]
    (shown,) = re.findall(r"data:image/png;base64,([^\"]+)", html)
    assert shown != original
    assert base64.b64decode(shown)[:8] == b"\x89PNG\r\n\x1a\n"
