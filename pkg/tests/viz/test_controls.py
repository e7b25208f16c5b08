"""Sliders redraw the figure, speak the reader's language, and leave a picture where no widget can run."""

import base64
import subprocess
import sys

import pytest
from chainrule.viz import curves, explore


@pytest.fixture
def explorer(monkeypatch):
    monkeypatch.setenv("CHAINRULE_LANGUAGE", "zh")
    return explore(
        lambda n, k: curves({"n": [k] * n}), {"n": "how many | 个数"}, n=(1, 9, 1, 3), k=(0.0, 1.0, 0.5, 0.5)
    )


def test_moving_a_slider_draws_for_its_value(explorer):
    picture = explorer.widget.children[0]
    before = picture.value
    explorer.sliders["n"].value = 7
    assert picture.value != before
    assert explorer.figure().axes[0].lines[0].get_ydata().tolist() == [0.5] * 7


def test_the_same_values_draw_the_same_bytes(explorer):
    picture = explorer.widget.children[0]
    before = picture.value
    explorer.sliders["n"].value = 7
    explorer.sliders["n"].value = 3
    assert picture.value == before


def test_labels_are_in_the_readers_language_and_names_stand_in_for_missing_ones(explorer):
    assert explorer.sliders["n"].description == "个数"
    assert explorer.sliders["k"].description == "k"


def test_integers_make_integer_sliders(explorer):
    assert isinstance(explorer.sliders["n"].value, int)
    assert isinstance(explorer.sliders["k"].value, float)


@pytest.mark.parametrize(("step", "shown"), [(0.002, ".3f"), (0.5, ".1f"), (1.0, ".0f"), (10.0, ".0f"), (1e-5, ".5f")])
def test_a_slider_shows_as_many_decimals_as_its_steps_have(step, shown):
    explorer = explore(lambda k: curves({"n": [k]}), k=(0.0, 20 * step, step, step))
    assert explorer.sliders["k"].readout_format == shown


def test_a_page_without_widgets_gets_the_picture(explorer):
    bundle, metadata = explorer._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]) == explorer.widget.children[0].value
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert metadata["image/png"]["width"] > 100


def test_checks_load_neither_figures_nor_widgets_nor_compilers():
    """A test cell must start quickly."""
    code = "import sys, chainrule.check; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"matplotlib", "ipywidgets", "numba", "IPython"} & set(done.stdout.split())
