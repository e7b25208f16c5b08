"""A course, a JupyterLab on it and a browser. Pictures of what the browser saw go to build/screenshots/."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import nbformat
import pytest
from autograder.course.answers import fill
from autograder.course.folder import Course
from autograder.course.gradebook import notebook_name
from autograder.course.release import release
from autograder.course.source import find_source, load_source
from chromium import FLAGS, find_chromium
from folders import SOLUTIONS
from lab_server import Lab, lab_server
from playwright.sync_api import Browser, Page, expect, sync_playwright

ASSIGNMENT = "01-regression"
TIMEOUT_MS = 30_000
FAILED = pytest.StashKey[bool]()

ANSWERS = {
    "sigmoid": "def sigmoid(z):\n    return (1 + np.tanh(z / 2)) / 2",
    "written-saturation": "Far from zero the curve is flat, so its derivative is nearly 0.",
}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let the `page` fixture know whether its test failed."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Notebook 01 released, and one submission collected: `sigmoid` is right, and one question has an answer."""
    course = Course(tmp_path_factory.mktemp("lab") / "course-folder")
    release(course, load_source(find_source(SOLUTIONS, ASSIGNMENT)))
    name = f"{notebook_name(course, ASSIGNMENT)}.ipynb"
    handed_in = nbformat.read(course.released(ASSIGNMENT) / name, as_version=4)
    submitted = course.step("submitted", "s01", ASSIGNMENT)
    submitted.mkdir(parents=True)
    nbformat.write(fill(handed_in, ANSWERS), submitted / name)
    return course


@pytest.fixture(scope="module")
def lab(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab in the course folder, of a user without any settings."""
    with lab_server(course.root, home=tmp_path_factory.mktemp("home")) as lab:
        yield lab


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium with an empty profile."""
    program = find_chromium()
    # Chromium's own sandbox refuses to start for root
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    expect.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(flags))
        yield browser
        browser.close()


@pytest.fixture
def asked(page: Page) -> list[str]:
    """Addresses that the page has asked for."""
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    return addresses


@pytest.fixture
def screenshots(request: pytest.FixtureRequest) -> Path:
    """Folder for pictures."""
    folder = request.config.rootpath / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def page(browser: Browser, screenshots: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty page; if the test fails, the last that it saw is kept as a picture."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(TIMEOUT_MS)
    yield page
    if request.node.stash.get(FAILED, False):
        page.screenshot(path=screenshots / f"{request.node.name}-failed.png")
    page.close()
