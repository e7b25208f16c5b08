"""A deck of slides without a network: everything is there, formulas are drawn, and nothing is cut off."""

from pathlib import Path

import pytest
from autograder.configuration import LANGUAGES
from autograder.slides import build_deck, copy_assets
from autograder.source import find_source, load_source
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SOLUTIONS = Path(__file__).parents[3] / "solutions"
WIDTH, HEIGHT = 1280, 720
READABLE = 0.7
"""Of the size that is meant; a page that needs less has too much on it."""

CUT_OFF = """page => {
    Reveal.slide(...Object.values(Reveal.getIndices(page.parentElement)).slice(0, 2));
    const stage = document.querySelector(".slides").getBoundingClientRect();
    return [...page.querySelectorAll("p, li, img, pre, h1, h2, h3, table, mjx-container")]
        .map(part => [part, part.getBoundingClientRect()])
        .filter(([_, box]) => box.width && (box.left < stage.left - 1 || box.right > stage.right + 1
                                            || box.top < stage.top - 1 || box.bottom > stage.bottom + 1))
        .map(([part, _]) => part.outerHTML.slice(0, 200));
}"""


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    target = tmp_path_factory.mktemp("slides")
    copy_assets(target)
    source = load_source(find_source(SOLUTIONS, "01"))
    return {language: build_deck(source, language, target) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_deck_is_whole_without_a_network(
    language: str, decks: dict[str, Path], browser: Browser, screenshots: Path
) -> None:
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(decks[language].as_uri())
    page.wait_for_selector("body[data-ready]", state="attached")

    assert not complaints
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}
    assert page.locator("mjx-container svg").count() > 80
    assert page.locator("[data-mml-node=merror]").count() == 0
    assert page.locator("img").count() > 8
    pages = page.query_selector_all(".page")
    assert len(pages) > 30
    for number, one in enumerate(pages):
        assert float(one.get_attribute("data-zoom") or 0) >= READABLE, number
        assert one.evaluate(CUT_OFF) == [], number
        assert "$" not in (one.text_content() or ""), number
    pages[0].evaluate("page => { page.style.zoom = 3 }")
    assert pages[0].evaluate(CUT_OFF), "what is cut off would not have been seen"
    pages[0].evaluate("page => { page.style.zoom = page.dataset.zoom }")
    page.screenshot(path=screenshots / f"slides-{language}.png")
    context.close()
