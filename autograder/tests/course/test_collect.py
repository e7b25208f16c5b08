"""Covers `course.collect`, `course.archive`: every layout of an export ends in the same place, or nowhere."""

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from autograder.course.folder import Course
from click.testing import Result

LAYOUTS = {
    "nbgrader's own": {"ada/01-tiny/tiny.ipynb": "A", "bob/01-tiny/tiny.ipynb": "B", "bob/02-other/other.ipynb": "x"},
    "a folder each": {"ada/tiny.ipynb": "A", "bob/tiny.ipynb": "B"},
    "a folder around": {"export/ada/tiny.ipynb": "A", "export/bob/tiny.ipynb": "B"},
    "a file each": {"ada_0815_assignment.ipynb": "A", "bob.ipynb": "B"},
    "a file each in a folder": {"export/ada_late_1.ipynb": "A", "export/bob_2.ipynb": "B"},
    "rubbish around": {
        "ada/tiny.ipynb": "A",
        "bob/tiny.ipynb": "B",
        "__MACOSX/ada/._tiny.ipynb": "",
        "ada/.DS_Store": "",
    },
}

REFUSED = {
    "a wildcard in an id": ({"a*/tiny.ipynb": "A"}, "'a*'"),
    "a space in an id": ({"ada l/tiny.ipynb": "A"}, "'ada l'"),
    "two of one student": ({"x/ada/tiny.ipynb": "A", "y/ada/tiny.ipynb": "B"}, "ada has handed in both"),
    "a folder without notebook": (
        {"ada/tiny.ipynb": "A", "bob/homework.pdf": ""},
        "bob has no tiny.ipynb, only bob/homework",
    ),
    "another name": (
        {"ada/tiny.ipynb": "A", "bob/Untitled.ipynb": ""},
        "bob has no tiny.ipynb, only bob/Untitled.ipynb",
    ),
    "nothing at all": ({"readme.txt": ""}, "none of them tiny.ipynb"),
}


def as_folder(files: dict[str, str], target: Path) -> Path:
    for name, text in files.items():
        path = target / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return target / "folder"


def as_zip(files: dict[str, str], target: Path) -> Path:
    with zipfile.ZipFile(target / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return target / "export.zip"


def as_tar(files: dict[str, str], target: Path) -> Path:
    with tarfile.open(target / "export.tar.gz", "w:gz") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return target / "export.tar.gz"


def submitted(course: Course) -> dict[str, str]:
    root = course.root / "submitted"
    return {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("pack", [as_folder, as_zip, as_tar])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_ends_in_the_same_place(
    layout: str, pack: Callable[..., Path], course: Course, tmp_path: Path, run: Callable[..., Result]
) -> None:
    result = run("collect", "01", pack(LAYOUTS[layout], tmp_path), "--course", course.root)
    assert result.output == "01-tiny: 2 new, 0 changed, 0 as before\n"
    assert submitted(course) == {"ada/01-tiny/tiny.ipynb": "A", "bob/01-tiny/tiny.ipynb": "B"}


@pytest.mark.parametrize("pack", [as_folder, as_zip, as_tar])
@pytest.mark.parametrize("fault", REFUSED)
def test_what_cannot_be_collected_is_named_and_nothing_written(
    fault: str, pack: Callable[..., Path], course: Course, tmp_path: Path, run: Callable[..., Result]
) -> None:
    files, sentence = REFUSED[fault]
    result = run("collect", "01", pack(files, tmp_path), "--course", course.root)
    assert result.exit_code == 1
    assert sentence in result.output
    assert submitted(course) == {}


@pytest.mark.parametrize("pack", [as_zip, as_tar])
def test_paths_that_climb_out_stay_inside(
    pack: Callable[..., Path], course: Course, tmp_path: Path, run: Callable[..., Result]
) -> None:
    climbing = {"../../../ada/tiny.ipynb": "A", f"{tmp_path}/bob/tiny.ipynb": "B"}
    run("collect", "01", pack(climbing, tmp_path), "--course", course.root)
    assert {path for path in tmp_path.rglob("*.ipynb") if course.root not in path.parents} == set()
    assert set(submitted(course)) <= {"ada/01-tiny/tiny.ipynb", "bob/01-tiny/tiny.ipynb"}


def test_links_are_not_followed(course: Course, tmp_path: Path, run: Callable[..., Result]) -> None:
    secret = tmp_path / "secret"
    secret.write_text("marks", encoding="utf-8")
    folder = as_folder({"bob/tiny.ipynb": "B"}, tmp_path)
    (folder / "ada").mkdir()
    (folder / "ada" / "tiny.ipynb").symlink_to(secret)
    run("collect", "01", folder, "--course", course.root)
    assert "marks" not in submitted(course).values()


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_archive(content: bytes, course: Course, tmp_path: Path, run: Callable[..., Result]) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(content)
    result = run("collect", "01", path, "--course", course.root)
    assert result.exit_code == 1
    assert "which is no archive" in result.output
    assert submitted(course) == {}


def test_a_damaged_archive_leaves_nothing_behind(course: Course, tmp_path: Path, run: Callable[..., Result]) -> None:
    path = as_zip({"ada/tiny.ipynb": "A" * 1000, "bob/tiny.ipynb": "B" * 1000}, tmp_path)
    data = bytearray(path.read_bytes())
    position = data.rindex(b"bob/tiny.ipynb", 0, len(data) // 2 + 40) + len("bob/tiny.ipynb") + 2
    data[position] ^= 0xFF
    path.write_bytes(data)
    result = run("collect", "01", path, "--course", course.root)
    assert result.exit_code == 1
    assert "is damaged or encrypted" in result.output
    assert submitted(course) == {}


def test_a_missing_file(course: Course, tmp_path: Path, run: Callable[..., Result]) -> None:
    result = run("collect", "01", tmp_path / "nowhere.zip", "--course", course.root)
    assert result.exit_code == 1
    assert "which does not exist" in result.output


def test_collecting_again_takes_what_has_changed(course: Course, tmp_path: Path, run: Callable[..., Result]) -> None:
    files = {"ada/tiny.ipynb": "A", "bob/tiny.ipynb": "B"}
    run("collect", "01", as_folder(files, tmp_path), "--course", course.root)
    later = {"bob/tiny.ipynb": "better", "eve/tiny.ipynb": "E"}
    result = run("collect", "01", as_folder(later, tmp_path), "--course", course.root)
    assert result.output == "01-tiny: 1 new, 1 changed, 1 as before\n"
    assert submitted(course)["bob/01-tiny/tiny.ipynb"] == "better"
