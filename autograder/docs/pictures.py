"""The README's picture of feedback pages, from the class in build/demo: `make pictures`."""

import io
import os
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

WIDTH, TOP, PART = 700, 190, 900

SHOWN = (("no-chain-rule", "test-binary_network_loss"), ("wrong-sign", "test-cross_entropy_loss"))
"""A student of the made-up class, and the exercise to show below the page's head."""


def page_of(browser: Browser, file: Path, exercise: str) -> Image.Image:
    """The head of a page and the part with one exercise."""
    page = browser.new_page(viewport={"width": WIDTH, "height": TOP + PART}, device_scale_factor=1.5)
    page.goto(file.absolute().as_uri())
    top = page.locator(f"[id='{exercise}']").bounding_box()
    assert top is not None, exercise
    pieces = ((0, TOP), (top["y"] - 20, PART))
    images = []
    for y, height in pieces:
        clip = {"x": 0, "y": y, "width": WIDTH, "height": height}
        images.append(Image.open(io.BytesIO(page.screenshot(full_page=True, clip=clip))).convert("RGB"))
    joined = Image.new("RGB", (images[0].width, sum(image.height for image in images)))
    joined.paste(images[0], (0, 0))
    joined.paste(images[1], (0, images[0].height))
    return joined


def main(chromium: str, demo: Path, target: Path) -> None:
    """Two pages side by side, the space between them in grey."""
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=["--disable-gpu", *sandbox])
        files = [demo / "feedback" / student / "01-regression" / "regression.html" for student, _ in SHOWN]
        pages = [page_of(browser, file, exercise) for file, (_, exercise) in zip(files, SHOWN, strict=True)]
        browser.close()
    picture = Image.new("RGB", (sum(page.width for page in pages) + 24, pages[0].height), "#c9d1da")
    picture.paste(pages[0], (0, 0))
    picture.paste(pages[1], (pages[0].width + 24, 0))
    picture.quantize(128).save(target, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
