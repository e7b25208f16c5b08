"""The reference: every public name has a page, says what it takes, and shows an example that runs as a doctest."""

import dataclasses
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import chainrule
import pytest

DOCS = Path(__file__).parents[1] / "docs"
MODULES = [f"chainrule.{found.name}" for found in pkgutil.iter_modules(chainrule.__path__)]


def public():
    """Functions and classes of every public module by their full name; names of types have no docstring."""
    for module in map(importlib.import_module, MODULES):
        for name in module.__all__:
            obj = getattr(module, name)
            if inspect.isfunction(obj) or (inspect.isclass(obj) and obj.__module__.startswith("chainrule")):
                yield f"{module.__name__}.{name}", obj


NAMES = dict(public())


def test_every_module_has_a_page_and_is_on_the_first_one():
    pages = {path.stem for path in DOCS.glob("*.rst")} - {"index"}
    assert {f"chainrule.{page}" for page in pages} == set(MODULES)
    index = (DOCS / "index.rst").read_text(encoding="utf-8")
    for page in pages:
        assert re.search(rf"^   chainrule\.{page}$", index, re.MULTILINE), page
        assert re.search(rf"^   {page}$", index, re.MULTILINE), page


def is_record(obj):
    """Fields with names, nothing to call: an error, a dataclass or a named tuple."""
    return inspect.isclass(obj) and (issubclass(obj, Exception | tuple) or dataclasses.is_dataclass(obj))


@pytest.mark.parametrize("name", [name for name, obj in NAMES.items() if not is_record(obj)])
def test_what_can_be_called_shows_an_example(name):
    assert ">>> " in (NAMES[name].__doc__ or "")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_public_is_described(name):
    obj = NAMES[name]
    text = inspect.getdoc(obj) or ""
    # Python writes a docstring of its own for a dataclass without one: its signature.
    assert text
    assert not text.startswith(f"{obj.__name__}(")
    if described := re.search(r"^Args:\n((?:(?:    .*)?\n)+)", text + "\n", re.MULTILINE):
        words = re.findall(r"^    \*{0,2}(\w+):", described.group(1), re.MULTILINE)
        assert sorted(words) == sorted(inspect.signature(obj).parameters)


def test_the_reference_builds_without_a_warning(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", DOCS, tmp_path / "html"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "html" / "ops.html").read_text(encoding="utf-8")
    assert 'id="chainrule.ops.conv2d"' in page
    # Names in backticks have found their object, Markdown tables and sources their form.
    assert 'href="#chainrule.ops.max_pool2d"' in page
    assert "ndarray" not in page
    networks = (tmp_path / "html" / "nets.html").read_text(encoding="utf-8")
    assert "_Buffer" not in networks
    assert "~numpy" not in networks
    optim = (tmp_path / "html" / "optim.html").read_text(encoding="utf-8")
    assert "Kingma &amp; Ba 2015" in optim
    assert "|---" not in optim
