"""What a student and an instructor meet in JupyterLab, as a browser sees it."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
from autograder.course.folder import Course
from autograder.reports.report import report_on
from lab_server import Lab
from notebook_page import SLOW_MS, NotebookPage
from playwright.sync_api import FrameLocator, Page, expect

EN = Path("course/en/01-regression/regression.ipynb")
ZH = Path("course/zh/01-regression/regression.ipynb")


def test_a_student_answers_runs_and_validates(page: Page, lab: Lab, screenshots: Path, asked: list[str]) -> None:
    notebook = NotebookPage(page, lab, EN)
    notebook.replace_stub("sigmoid", "return (1 + np.tanh(z / 2)) / 2")
    notebook.run_all()

    expect(notebook.outputs("test-softmax")).to_contain_text("not done yet: fill in the cell above")
    expect(notebook.outputs("test-sigmoid")).to_contain_text("all right, 3 of 3 points")
    page.screenshot(path=screenshots / "lab.png")

    dialog = notebook.validate()
    expect(dialog).to_contain_text("The following cell failed")
    expect(dialog).to_contain_text("softmax: not done yet: fill in the cell above")
    expect(dialog).not_to_contain_text('Sheet("sigmoid(z)')
    page.screenshot(path=screenshots / "validate.png")

    # nobody is asked whether he would like Jupyter's news, and nothing else is
    expect(page.get_by_text("Jupyter news")).to_have_count(0)
    assert {urlsplit(address).hostname for address in asked if address.startswith("http")} == {"127.0.0.1"}


def test_the_chinese_edition_explains_a_mistake_in_chinese(page: Page, lab: Lab, screenshots: Path) -> None:
    notebook = NotebookPage(page, lab, ZH)
    notebook.replace_stub("sigmoid", "return 1 / (1 + np.exp(z))")
    notebook.run_all()

    expect(notebook.outputs("test-softmax")).to_contain_text("还没有完成：请填写上面的单元格")
    expect(notebook.outputs("test-sigmoid")).to_contain_text("这是 1 减去正确的值：里面有一个正负号反了")
    page.screenshot(path=screenshots / "lab-zh.png")


def test_an_instructor_grades_in_formgrader(page: Page, lab: Lab, course: Course, screenshots: Path) -> None:
    page.goto(lab.url("lab"))
    page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
    page.get_by_role("menuitem", name="Formgrader", exact=True).click()
    formgrader = page.frame_locator("iframe")
    formgrader.get_by_role("row", name="01-regression").locator(".num-submissions a").click()
    row = formgrader.get_by_role("row", name="s01")
    expect(row.locator(".status")).to_have_text("needs autograding")

    row.locator(".autograde a").click()
    told = formgrader.get_by_text("Successfully autograded '01-regression' for student 's01'.")
    expect(told).to_be_visible(timeout=SLOW_MS)
    formgrader.get_by_role("button", name="OK").click()
    expect(formgrader.locator(".modal-backdrop")).to_have_count(0)
    expect(row.locator(".status")).to_have_text("needs manual grading")
    cells = nbformat.read(course.root / EN, as_version=4).cells
    most = sum(cell.metadata.get("nbgrader", {}).get("points", 0) for cell in cells)
    expect(row.locator(".score")).to_have_text(f"3 / {most}")
    page.screenshot(path=screenshots / "formgrader.png")

    (score,) = report_on(course, "01-regression").rows
    assert (score.score, score.state) == (3, "graded")

    _mark_by_hand(page, formgrader, "written-saturation", "2.5", "Flat is right; what follows for learning?")
    page.screenshot(path=screenshots / "formgrader-manual.png")
    (score,) = report_on(course, "01-regression").rows
    assert score.score == 3 + 2.5

    formgrader.get_by_role("link", name="Manual Grading").click()
    formgrader.get_by_role("link", name="Manage Assignments").click()
    formgrader.get_by_role("row", name="01-regression").locator(".num-submissions a").click()
    row.locator(".generate-feedback a").click()
    told = formgrader.get_by_text("Successfully generated feedback for '01-regression' for student 's01'.")
    expect(told).to_be_visible(timeout=SLOW_MS)
    page.goto((course.step("feedback", "s01", "01-regression") / "regression.html").as_uri())
    expect(page.locator("body")).to_contain_text(f"5.5 / {most}")
    expect(page.locator("body")).to_contain_text("Flat is right; what follows for learning?")
    page.screenshot(path=screenshots / "feedback.png")


def _mark_by_hand(page: Page, formgrader: FrameLocator, question: str, points: str, comment: str) -> None:
    """Enter points and a comment for one question of the only submission there is."""
    formgrader.get_by_role("link", name="Manual Grading").click()
    for name in ("01-regression", "regression", "Submission #1"):
        formgrader.get_by_role("link", name=name, exact=True).click()
    score = formgrader.locator(f"input.score[id='{question}']")
    note = formgrader.locator(f"textarea[id='{question}-comment']")
    # what formgrader's script sets, once it listens
    expect(score).to_have_class(re.compile("needs_manual_grade"))
    expect(note).to_have_attribute("placeholder", re.compile("."))
    for field, text, kind in ((score, points, "grade"), (note, comment, "comment")):
        field.fill(text)
        with page.expect_response(lambda answer, kind=kind: f"/api/{kind}/" in answer.url) as saved:
            field.press("Tab")
        assert saved.value.ok
