"""Notebook 07 keeps what it says: the accuracy, the agreement with the compiled twin, the files that a student has."""

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from autograder.course.source import edition, load_source, sources_in
from autograder.grading.cells import Cell, plan_of

SOURCE = load_source(sources_in(Path(__file__).parents[1] / "solutions")["07-lenet"])
CELLS = plan_of(edition(SOURCE, "en"), edition(SOURCE, "en")).cells
STATED = 0.96


def cell(words: str) -> Cell:
    """The demonstration in which these words stand."""
    (found,) = [each for each in CELLS if each.kind == "demonstration" and words in each.source]
    return found


def run(cells: list[Cell], names: dict[str, Any]) -> dict[str, Any]:
    """Cells, as the notebook runs them, in a namespace of their own."""
    for each in cells:
        exec(compile(each.source, each.id, "exec"), names)
    return names


@pytest.fixture(scope="module")
def trained() -> dict[str, Any]:
    """The notebook's names after its training cell; tests and pictures are left out."""
    end = CELLS.index(cell("keep_and_draw"))
    wanted = [each for each in CELLS[:end] if each.kind in ("student", "shared") or "SIZES =" in each.source]
    imports = [each for each in CELLS[:end] if each.kind == "demonstration" and "TemporaryDirectory" in each.source]
    return run([*imports, *wanted, CELLS[end]], {})


def test_the_network_reads_as_many_digits_as_the_text_promises(trained: dict[str, Any]) -> None:
    prose = [each.source for each in edition(SOURCE, "en").cells if each.cell_type == "markdown"]
    assert any(f"At least {STATED:.0%}".replace("%", " %") in text for text in prose)
    z, _ = trained["network_forward"](trained["trained"], trained["x_test"])
    assert np.mean(z.argmax(axis=1) == trained["y_test"]) >= STATED
    assert len(trained["snapshots"]) == trained["EPOCHS"] + 1


def test_the_compiled_twin_has_the_same_loss_and_gradients(trained: dict[str, Any]) -> None:
    names = run([cell("def on_the_kernels")], dict(trained))
    some, labels = trained["x_val"][:20], trained["y_val"][:20]
    loss, grads = trained["network_loss"](trained["trained"], some, labels)
    twin, found = names["on_the_kernels"](trained["trained"], np.float64).loss(some, labels)
    assert loss == pytest.approx(twin, rel=1e-10)
    for name, grad in grads.items():
        np.testing.assert_allclose(grad, found[f"{names['LAYERS'][name[1]]}.{name[0]}"], rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize("packed", [False, True])
def test_files_that_a_student_has_go_before_those_made_here(
    packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trained: dict[str, Any]
) -> None:
    monkeypatch.chdir(tmp_path)
    without = run([cell("def sample_files")], dict(trained))
    assert without["x_mnist"].shape == (1797, 28, 28)
    assert without["x_cifar"].shape == (9, 32, 32, 3)
    images, labels = np.arange(3 * 28 * 28, dtype=np.uint8).reshape(3, 28, 28), np.array([4, 0, 9])
    (tmp_path / "mnist").mkdir()
    for name, array in (("train-images-idx3-ubyte", images), ("train-labels-idx1-ubyte", labels)):
        content = without["idx"](array)
        (tmp_path / "mnist" / (name + ".gz" * packed)).write_bytes(gzip.compress(content) if packed else content)
    (tmp_path / "cifar-10-batches-bin").mkdir()
    record = bytes([7]) + bytes(range(256)) * 12
    (tmp_path / "cifar-10-batches-bin" / "data_batch_1.bin").write_bytes(record * 5)
    found = run([cell("def sample_files")], dict(trained))
    assert np.array_equal(found["x_mnist"], images)
    assert found["y_mnist"].tolist() == [4, 0, 9]
    assert found["x_cifar"].shape == (5, 32, 32, 3)
    assert found["y_cifar"].tolist() == [7] * 5
