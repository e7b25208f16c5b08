"""Live curves show what was added, in a notebook, in a terminal and without IPython."""

import base64
import re
import sys
from types import SimpleNamespace

import pytest
from chainrule.viz import Live


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
