"""`chainrule.check.report` and the Validate button: it shows what a cell writes to stderr, and nothing else sees it."""

import numpy as np
import pytest
from chainrule.check import Sheet

DOUBLE = {"right": lambda x: 2 * x, "wrong": lambda x: -2 * x}


@pytest.mark.parametrize(
    ("execution", "answer", "told"),
    [("validate", "wrong", True), ("validate", "right", False), ("autograde", "wrong", False), (None, "wrong", False)],
)
def test_reasons_go_to_validate_alone(execution, answer, told, monkeypatch, capsys):
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    if execution:
        monkeypatch.setenv("NBGRADER_EXECUTION", execution)
    sheet = Sheet("double(x) -> y", DOUBLE[answer], points=2)
    sheet.values("by hand | 手算", np.array([1.0, 3.0]), expect=[2.0, 6.0])
    report = sheet.report()
    assert capsys.readouterr() == ("", report.text() if told else "")
