"""Every deck of slides without a network: everything is there, formulas are drawn, and nothing is cut off."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from autograder.course.languages import LANGUAGES
from autograder.course.source import load_source, sources_in
from autograder.reports.slides import build_deck, copy_assets
from folders import SOLUTIONS
from playwright.sync_api import Browser, Page

SOURCES = sources_in(SOLUTIONS)
WIDTH, HEIGHT = 1280, 720
READABLE = 0.7
"""Of the size that is meant; a page that needs less has too much on it."""
SHOWN = 3
"""How many pages of each deck are kept as pictures."""

TURN_TO = """page => {
    Reveal.slide(...Object.values(Reveal.getIndices(page.parentElement)).slice(0, 2));
    page.querySelectorAll(".fragment").forEach(part => part.classList.add("visible"));
}"""
CUT_OFF = """page => {
    const stage = document.querySelector(".slides").getBoundingClientRect();
    return [...page.querySelectorAll("p, li, img, pre, h1, h2, h3, table, mjx-container")]
        .map(part => [part, part.getBoundingClientRect()])
        .filter(([_, box]) => box.width && (box.left < stage.left - 1 || box.right > stage.right + 1
                                            || box.top < stage.top - 1 || box.bottom > stage.bottom + 1))
        .map(([part, _]) => part.outerHTML.slice(0, 200));
}"""


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for decks."""
    target = tmp_path_factory.mktemp("slides")
    copy_assets(target)
    return target


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """An empty page of a browser without a network."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, offline=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("assignment", SOURCES)
def test_a_deck_is_whole_without_a_network(
    assignment: str, language: str, decks: Path, offline: Page, screenshots: Path
) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    offline.on("request", lambda request: asked.append(request.url))
    offline.on("console", lambda message: complaints.append(message.text))
    offline.on("pageerror", lambda error: complaints.append(str(error)))
    source = load_source(SOURCES[assignment])
    offline.goto(build_deck(source, language, decks).as_uri())
    offline.wait_for_selector("body[data-ready]", state="attached")

    assert not complaints
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}
    assert offline.locator("mjx-container svg").count() > 20
    assert offline.locator("[data-mml-node=merror]").count() == 0
    explorers = sum("explore(" in cell.source for cell in source.cells if cell.cell_type == "code")
    assert offline.locator("img").count() > explorers > 0
    pages = offline.query_selector_all(".page")
    assert len(pages) > 15
    for number, one in enumerate(pages):
        assert float(one.get_attribute("data-zoom") or 0) >= READABLE, number
        one.evaluate(TURN_TO)
        assert one.evaluate(CUT_OFF) == [], number
        assert not re.search(r"\$|\*\*", one.text_content() or ""), number
        if number < SHOWN:
            offline.screenshot(
                path=screenshots / f"slides-{assignment}-{language}-{number + 1}.png", animations="disabled"
            )
    pages[0].evaluate(TURN_TO)
    pages[0].evaluate("page => { page.style.zoom = 3 }")
    assert pages[0].evaluate(CUT_OFF), "what is cut off would not have been seen"
