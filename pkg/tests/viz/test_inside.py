"""The pictures of a network at work show its numbers; live curves show what was added, with a notebook and without."""

import base64
import re
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from chainrule.errors import ShapeError
from chainrule.viz import Live, inside

RNG = np.random.default_rng(0)
W, A1, A2 = RNG.standard_normal((3, 3, 4)), RNG.random((8, 6, 4)), RNG.random((4, 3, 6))
P = np.array([0.1, 0.7, 0.2])


def test_every_filter_and_map_is_there_on_the_scale_of_its_kind():
    image = RNG.random((8, 6))
    figure = inside(image, W, A1, A2, P, title="a digit")
    shown = [axis.images[0] for axis in figure.axes if axis.images]
    expected = [image, *np.moveaxis(W, 2, 0), *np.moveaxis(A1, 2, 0), *np.moveaxis(A2, 2, 0)]
    assert len(shown) == len(expected)
    for picture, values in zip(shown, expected, strict=True):
        np.testing.assert_array_equal(picture.get_array(), values)
    assert {picture.get_clim() for picture in shown[1:5]} == {(-np.abs(W).max(), np.abs(W).max())}
    assert {picture.get_clim() for picture in shown[5:9]} == {(0, A1.max())}
    assert {picture.get_clim() for picture in shown[9:]} == {(0, A2.max())}
    bars = figure.axes[-1].patches
    assert [bar.get_width() for bar in bars] == P.tolist()
    assert bars[1].get_facecolor() != bars[0].get_facecolor() == bars[2].get_facecolor()


def test_a_silent_network_has_a_scale_too():
    figure = inside(np.zeros((8, 6)), 0 * W, 0 * A1, 0 * A2, P)
    assert {axis.images[0].get_clim() for axis in figure.axes[5:-1]} == {(0.0, 1.0)}


@pytest.mark.parametrize("filters", [W[..., :3], W[..., None]])
def test_filters_that_are_not_those_of_the_maps_are_refused(filters):
    with pytest.raises(ShapeError, match="do not belong together"):
        inside(np.zeros((8, 6)), filters, A1, A2, P)


def test_without_a_notebook_about_ten_lines_are_printed_and_the_last_is_among_them(capsys, monkeypatch):
    monkeypatch.setenv("CHAINRULE_LANGUAGE", "zh")
    live = Live(25, {"loss": "loss | 损失"})
    for step in range(25):
        live.add(loss=1 / (step + 1))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 13
    assert lines[0] == "2/25  损失 0.5000"
    assert lines[-1] == "25/25  损失 0.0400"


@pytest.fixture
def screen(monkeypatch):
    """A kernel's display, kept: what was shown first, then every update."""
    import IPython.core.getipython
    import IPython.display

    shown = []
    handle = SimpleNamespace(update=lambda bundle, raw: shown.append(bundle))
    monkeypatch.setattr(IPython.core.getipython, "get_ipython", lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw, display_id: shown.append(bundle) or handle)
    return shown


def test_in_a_notebook_one_output_grows_and_ends_complete(screen, capsys):
    live = Live(3, log=True)
    for loss in (1.0, 0.5, 0.25):
        live.add(loss=loss, validation=2 * loss)
    assert capsys.readouterr().out == ""
    assert "width:33%" in screen[0]["text/html"]
    assert "width:100%" in screen[-1]["text/html"]
    assert screen[-1]["text/plain"] == "3/3  loss 0.2500  validation 0.5000"
    (picture,) = re.findall(r"base64,([^\"]+)", screen[-1]["text/html"])
    assert base64.b64decode(picture).startswith(b"\x89PNG")
    first, second = live.figure().axes[0].lines
    assert list(first.get_ydata()) == [1.0, 0.5, 0.25]
    assert list(second.get_ydata()) == [2.0, 1.0, 0.5]
    assert live.figure().axes[0].get_yscale() == "log"


def test_a_terminal_with_ipython_gets_lines(monkeypatch, capsys):
    import IPython.core.getipython

    assert "IPython" in sys.modules
    monkeypatch.setattr(IPython.core.getipython, "get_ipython", lambda: SimpleNamespace())
    Live(1).add(loss=0.5)
    assert capsys.readouterr().out == "1/1  loss 0.5000\n"
