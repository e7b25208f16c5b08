"""Lectures from the notebooks: a reveal.js deck for each notebook and language, which opens without a network.

The cells' `slideshow` metadata says what is a slide. Prose is shown, and what code puts out, not the code itself.
reveal.js and MathJax come from the packages that ship them (the extra `slides`) and are copied beside the decks.
"""

import base64
import importlib.util
import mimetypes
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from nbconvert.filters import ansi2html, markdown2html
from nbformat import NotebookNode
from pygments.formatters import HtmlFormatter

from autograder.course.source import Source, edition
from autograder.errors import EngineError, SourceError
from autograder.files import write_whole
from autograder.reports.kernel import run_in_kernel
from autograder.reports.templates import render

__all__ = ["Slide", "build_deck", "copy_assets", "slides_of"]

ASSETS = "assets"
SHIPPED = {
    "reveal": ("sphinx_revealjs", ("dist/reveal.css", "dist/reveal.js", "plugin/notes/notes.js", "LICENSE")),
    "mathjax": ("mathjax", ("tex-svg-full.js",)),
}
"""Where reveal.js and MathJax come from: a package that ships them, and the files that a deck needs."""
FOLDERS = {"reveal": "_static/revealjs", "mathjax": "static/mathjax/es5"}


SHORT = 120
"""Characters of a page that is one line or two, such as an exercise's."""


@dataclass
class Slide:
    """One page: its parts as (HTML, whether it appears on a key press), and what only the speaker sees."""

    parts: list[tuple[str, bool]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def largest(self) -> float:
        """How many times its size the page may be shown: pictures alone, and a line or two, would look lost."""
        html = "".join(part for part, _ in self.parts)
        if all(part.startswith("<img") for part, _ in self.parts):
            return 1.8
        return 1.5 if "<img" not in html and len(re.sub(r"<[^>]*>", "", html)) <= SHORT else 1.0


def build_deck(source: Source, language: str, target: Path) -> Path:
    """Run a notebook with its solutions and write its deck, `target/LANGUAGE/NOTEBOOK.html`.

    Raises:
        SourceError: the notebook has no slides, or does not run from top to bottom.
    """
    notebook = edition(source, language)
    reason = run_in_kernel(notebook, source.path.parent)
    failures = [
        f"{cell.id}: {output.ename}: {output.evalue}"
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if output.output_type == "error"
    ]
    if reason or failures:
        raise SourceError(
            f"{source.path} does not run",
            got=reason or failures[0],
            expected="a notebook that runs from top to bottom",
            fix="correct the cell",
        )
    columns = slides_of(notebook, source.path.parent)
    if not columns:
        raise SourceError(
            f"{source.path} has no slides",
            expected='cells with slideshow={"slide_type": "slide"}',
            fix="mark where slides begin",
        )
    path = target / language / f"{source.assignment}.html"
    page = render(
        "slides.html",
        title=_title(notebook) or source.assignment,
        language=language,
        columns=columns,
        assets=f"../{ASSETS}",
        colours=HtmlFormatter(style="friendly").get_style_defs(".highlight"),
    )
    write_whole(path, page)
    return path


def copy_assets(target: Path) -> None:
    """Put reveal.js and MathJax below `target`.

    Raises:
        EngineError: the packages that ship them are not installed.
    """
    for name, (package, files) in SHIPPED.items():
        found = importlib.util.find_spec(package)
        if found is None or not found.submodule_search_locations:
            raise EngineError(
                f"slides need {name}",
                got=f"no package {package}",
                expected="the extra `slides`",
                fix="pip install 'autograder[slides]'",
            )
        for file in files:
            place = target / ASSETS / name / Path(file).name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(found.submodule_search_locations[0]) / FOLDERS[name] / file, place)


def slides_of(notebook: NotebookNode, folder: Path) -> list[list[Slide]]:
    """The pages, those that belong together (a slide and its subslides) in one list.

    What comes before the first slide is left out, as is a cell marked "skip"; "fragment" waits for a key press,
    "notes" is for the speaker. A page on which nothing would be seen is left out too.
    """
    columns: list[list[Slide]] = []
    for cell in notebook.cells:
        kind = cell.metadata.get("slideshow", {}).get("slide_type", "-")
        if kind == "slide":
            columns.append([Slide()])
        elif kind == "subslide" and columns:
            columns[-1].append(Slide())
        if kind == "skip" or not columns:
            continue
        html = "\n".join(_html(cell, folder))
        if html and kind == "notes":
            columns[-1][-1].notes.append(html)
        elif html:
            columns[-1][-1].parts.append((html, kind == "fragment"))
    full = ([slide for slide in column if slide.parts] for column in columns)
    return [column for column in full if column]


def _html(cell: NotebookNode, folder: Path) -> Iterator[str]:
    if cell.cell_type == "markdown":
        # Chinese is emphasised by dots below it; the titles and names in Latin letters beside it are not
        html = re.sub("<em>(?=[^<]*[\u4e00-\u9fff])", '<em class="dotted">', str(markdown2html(cell.source)))
        yield _embedded(html, folder)
    for output in cell.get("outputs", ()):
        if output.output_type == "stream":
            if output.name == "stdout":
                yield f"<pre>{ansi2html(output.text)}</pre>"
            continue
        data, about = output.get("data", {}), output.get("metadata", {})
        if "image/png" in data:
            yield _figure(data["image/png"], about.get("image/png", {}))
        elif "text/html" in data:
            yield data["text/html"]
        elif "text/plain" in data:
            yield f"<pre>{escape(data['text/plain'])}</pre>"


def _figure(data: str, about: dict[str, object]) -> str:
    width = f' width="{about["width"]}"' if "width" in about else ""
    return f'<img class="figure" alt="{escape(str(about.get("alt", "")))}"{width} src="data:image/png;base64,{data}">'


def _embedded(html: str, folder: Path) -> str:
    """The same HTML with the pictures that it names inside it."""

    def embed(match: re.Match[str]) -> str:
        path = folder / match[1]
        if not path.is_file():
            return match[0]
        kind = mimetypes.guess_type(path.name)[0] or "image/png"
        return f'src="data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"'

    return re.sub(r'src="([^":]+)"', embed, html)


def _title(notebook: NotebookNode) -> str:
    for cell in notebook.cells:
        heading = re.search(r"^# +(.+)$", cell.source, re.MULTILINE) if cell.cell_type == "markdown" else None
        if heading:
            return heading[1].replace("$", "").strip()
    return ""
