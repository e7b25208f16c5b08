"""`chainrule.check.published`: all that is listed is there, it is enough to run, and anything else stays hidden."""

import shutil
import subprocess
import sys
from pathlib import Path

import chainrule
import pytest
from chainrule.check.published import PUBLISHED, published_files
from chainrule.errors import DataError

PACKAGE = Path(chainrule.__file__).parent
STUDENT = """
import sys
from types import ModuleType
# As in the sandbox: what is not published can be imported, but is empty.
for name, attribute in (("chainrule.gradcheck", "spaced"), ("chainrule.check.mistakes", "known_mistakes")):
    sys.modules[name] = ModuleType(name)
    setattr(sys.modules[name], attribute, None)
for attribute in ("compare_entries", "directional_error", "numerical_gradient"):
    setattr(sys.modules["chainrule.gradcheck"], attribute, None)
from chainrule.check import Sheet
from chainrule.check.language import catalogue
from chainrule.data import digits, hopper
import chainrule
print(chainrule.__file__)
print(Sheet("f(x) -> y", abs, points=1).signature.name, len(digits("all")[0]), hopper().shape)
print(catalogue("zh").gettext("not done yet"))
"""


@pytest.fixture
def package(tmp_path):
    """A copy of the package that a test may change."""
    return Path(shutil.copytree(PACKAGE, tmp_path / "chainrule", ignore=shutil.ignore_patterns("__pycache__")))


def test_every_listed_file_is_in_the_package():
    assert [path.relative_to(PACKAGE).as_posix() for path in published_files(PACKAGE)] == list(PUBLISHED)


def test_nothing_that_could_answer_an_exercise_is_listed():
    assert {Path(name).parent.as_posix() for name in PUBLISHED} == {".", "check", "check/locale", "data"}
    assert {name for name in PUBLISHED if "/" not in name} == {"__init__.py", "errors.py"}


@pytest.mark.parametrize("name", ["answers.py", "check/new.py", "check/mistakes_of_2027/sgd.py", "data/answers.npz"])
def test_a_file_that_is_added_is_not_published(package, name):
    before = published_files(package)
    (package / name).parent.mkdir(exist_ok=True)
    (package / name).write_text("ANSWER = 42\n")
    assert published_files(package) == before
    assert package / name not in before


@pytest.mark.parametrize("name", ["check/rules.py", "data/digits.npz", "errors.py"])
def test_a_file_that_is_renamed_is_an_error_and_not_passed_over(package, name):
    path = package / name
    path.rename(path.with_name(f"renamed-{path.name}"))
    with pytest.raises(DataError, match=rf"cannot be shown to it: got no regular file \S*{name}, expected each file"):
        published_files(package)


def test_a_folder_or_a_link_of_that_name_is_refused_too(package):
    (package / "errors.py").unlink()
    (package / "errors.py").symlink_to(package / "losses.py")
    with pytest.raises(DataError, match="no regular file"):
        published_files(package)
    (package / "errors.py").unlink()
    (package / "errors.py").mkdir()
    with pytest.raises(DataError, match="no regular file"):
        published_files(package)


def test_the_published_files_alone_can_be_used(tmp_path):
    """Data, checks and their Chinese, from a folder that holds nothing else."""
    for path in published_files(PACKAGE):
        target = tmp_path / "chainrule" / path.relative_to(PACKAGE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{STUDENT}"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False, env={"PYTHONUTF8": "1"}
    )
    imported = str(tmp_path / "chainrule" / "__init__.py")
    assert done.stdout.splitlines() == [imported, "f 1797 (120, 100, 3)", "还没有完成"], done.stderr
