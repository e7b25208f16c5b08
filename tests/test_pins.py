"""constraints.txt and environment.yml against what the packages depend on: each has one version, which they allow."""

import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pinned}


def requirements(package: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    return [Requirement(line) for line in project["dependencies"] + extras]


@pytest.mark.parametrize("package", ["pkg", "autograder"])
def test_every_dependency_is_pinned_at_a_version_that_it_allows(package: str) -> None:
    for requirement in requirements(package):
        version = pins().get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in constraints.txt"
        assert requirement.specifier.contains(version, prereleases=True), f"{requirement} against {version}"


def environment() -> list[str]:
    content = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    (pip,) = [entry["pip"] for entry in content["dependencies"] if isinstance(entry, dict)]
    return [str(line) for line in pip]


def test_the_environment_has_the_pinned_versions_of_what_the_packages_need() -> None:
    named = dict(line.split("==") for line in environment() if "==" in line)
    assert named == {name: pins()[canonicalize_name(name)] for name in named}
    needed = set()
    for package in ("pkg", "autograder"):
        project = tomllib.loads((ROOT / package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        needed |= {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    assert {canonicalize_name(name) for name in named} == needed
    assert [line for line in environment() if line[0] == "-"] == ["-c constraints.txt", "-e ./pkg", "-e ./autograder"]
