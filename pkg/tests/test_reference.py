"""The reference of the whole package: every public name has a page, says what it takes, and shows an example."""

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
    text = inspect.getdoc(NAMES[name]) or ""
    # Python writes a docstring of its own for a dataclass without one: its signature.
    assert text
    assert not text.startswith(f"{NAMES[name].__name__}(")


def methods():
    """Public methods of public classes by their full name, those of base classes where they are written."""
    # without repetition and in order: every process of a parallel run must collect the same tests
    for obj in dict.fromkeys(cls for each in NAMES.values() if inspect.isclass(each) for cls in each.__mro__):
        if obj.__module__.startswith("chainrule"):
            for name, method in vars(obj).items():
                if inspect.isfunction(method) and not name.startswith("_"):
                    yield f"{obj.__module__}.{obj.__qualname__}.{name}", method


METHODS = dict(methods())


def parameters(obj):
    if inspect.isclass(obj) and (issubclass(obj, Exception) or getattr(obj, "_is_protocol", False)):
        return set()  # an error takes its message, and a protocol is never made
    return set(inspect.signature(obj).parameters) - {"self"}


def own_entries(obj):
    """Names in the section `Args:` of a docstring."""
    section = re.search(r"^Args:\n((?:(?:    .*)?\n)+)", (inspect.getdoc(obj) or "") + "\n", re.MULTILINE)
    return set(re.findall(r"^    \*{0,2}(\w+):", section.group(1), re.MULTILINE)) if section else set()


def described(name, obj):
    """Names that a docstring describes, itself or by the function that "arguments are those of" names."""
    entries = own_entries(obj)
    if other := re.search(r"arguments\s+are\s+those\s+of\s+`(\w+)`", inspect.getdoc(obj) or ""):
        sibling = f"{name.rpartition('.')[0]}.{other.group(1)}"
        entries |= described(sibling, (NAMES | METHODS)[sibling])
    return entries


@pytest.mark.parametrize("name", NAMES | METHODS)
def test_no_argument_is_described_that_does_not_exist(name):
    obj = (NAMES | METHODS)[name]
    assert own_entries(obj) <= parameters(obj)


@pytest.mark.parametrize("name", [name for name, obj in NAMES.items() if not is_record(obj)])
def test_every_argument_is_described_here_or_in_the_function_that_is_named(name):
    """A docstring of a sentence or two needs no section, but it names them all."""
    prose = inspect.getdoc(NAMES[name]).partition(">>>")[0]
    entries = described(name, NAMES[name]) or set(re.findall(r"\w+", prose))
    assert parameters(NAMES[name]) <= entries


@pytest.mark.parametrize("name", METHODS)
def test_a_method_that_describes_its_arguments_describes_them_all(name):
    """Most say what they take in their one line, such as "x (M, D) to a (M, N)"."""
    entries = described(name, METHODS[name])
    assert not entries or parameters(METHODS[name]) <= entries


@pytest.mark.parametrize("name", NAMES | METHODS)
def test_a_reference_to_another_function_is_made_once_and_is_needed(name):
    obj = (NAMES | METHODS)[name]
    references = re.findall(r"arguments\s+are\s+those\s+of\s+`\w+`", inspect.getdoc(obj) or "")
    assert len(references) <= 1
    assert not references or parameters(obj) > own_entries(obj)


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
