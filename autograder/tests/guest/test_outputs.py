"""Outputs that a worker sends, well-formed and not, against what may be kept of each."""

import pytest
from autograder.guest.outputs import error_output, sanitised
from nbformat import validate
from nbformat.v4 import new_code_cell, new_notebook

PRINTED = {"output_type": "stream", "name": "stdout", "text": "a"}
ERROR = {"output_type": "error", "ename": "E", "evalue": "why", "traceback": ["E: why"]}
SHOWN = {"output_type": "display_data", "data": {"text/plain": "1", "image/png": "aQ=="}, "metadata": {}}

KEPT = {
    "printed": (PRINTED, PRINTED),
    "a warning": (PRINTED | {"name": "stderr"}, PRINTED | {"name": "stderr"}),
    "another stream": (PRINTED | {"name": "log"}, PRINTED),
    "keys of its own": (PRINTED | {"metadata": {"tags": ["x"]}, 3: "c"}, PRINTED),
    "an error": (ERROR, ERROR),
    "an error with a traceback of its own": (ERROR | {"traceback": ["assert f(3) == 9"]}, ERROR),
    "a value and a picture": (SHOWN, SHOWN),
    "a result, which would be points": (SHOWN | {"output_type": "execute_result", "execution_count": 1}, SHOWN),
    "HTML beside text": (SHOWN | {"data": SHOWN["data"] | {"text/html": "<script>"}}, SHOWN),
}

LEFT_OUT = {
    "another type": PRINTED | {"output_type": "update_display_data"},
    "no type": {"text": "a"},
    "text that is none": PRINTED | {"text": ["a"]},
    "an error without text": {"output_type": "error", "ename": "E"},
    "HTML alone": SHOWN | {"data": {"text/html": "<script>"}},
    "data that are none": SHOWN | {"data": "text/plain"},
    "a picture of another type": SHOWN | {"data": {"image/png": b"a"}},
    "no dictionary": ["output_type", "stream"],
}


@pytest.mark.parametrize("case", KEPT)
def test_what_is_kept(case: str) -> None:
    sent, kept = KEPT[case]
    assert list(sanitised([sent], 1000)) == [kept]
    validate(new_notebook(cells=[new_code_cell(outputs=list(sanitised([sent], 1000)))]))


@pytest.mark.parametrize("case", LEFT_OUT)
def test_what_is_left_out_does_not_stop_the_rest(case: str) -> None:
    assert list(sanitised([LEFT_OUT[case], PRINTED], 1000)) == [PRINTED]


@pytest.mark.parametrize("outputs", [None, {"output_type": "stream"}, "stream", 7])
def test_what_is_no_list_has_no_outputs(outputs: object) -> None:
    assert list(sanitised(outputs, 1000)) == []


def test_outputs_end_at_the_limit() -> None:
    few, many = (len(list(sanitised([PRINTED] * 1000, limit))) for limit in (100, 1000))
    assert 0 < few < many < 1000
    assert sum(len(str(output)) for output in sanitised([PRINTED] * 1000, 1000)) <= 4 * 1000


def test_names_and_texts_of_errors_are_cut() -> None:
    (output,) = sanitised([ERROR | {"ename": "E" * 10_000, "evalue": "v" * 10_000}], 10_000)
    assert (len(output["ename"]), len(output["evalue"])) == (100, 1000)


def test_an_error_of_the_graders_quotes_nothing() -> None:
    assert error_output("E", "")["traceback"] == ["E"]
    assert error_output("E", "why") == ERROR
