"""A sheet gives points and reasons: right answers all of them, wrong ones fewer, whatever the mistake's kind."""

import sys

import numpy as np
import pytest
from chainrule.check import Sheet, SignatureError

X = np.array([[1.0, 2.0], [-0.5, 0.7], [0.3, -1.1]])
W = np.array([0.4, -0.9])
SIGNATURE = "half_square(x, w) -> loss, dw"


def loss_of(x, w):
    return 0.5 * np.mean((x @ w) ** 2)


def right(x, w):
    return loss_of(x, w), x.T @ (x @ w) / len(x)


def graded(function, hidden=True):
    sheet = Sheet(SIGNATURE, function, points=4)
    sheet.values("by hand | 手算", np.eye(2), np.array([2.0, 0.0]), expect={"loss": 1.0})
    sheet.gradient("gradient | 梯度", X, W, of=loss_of)
    if hidden:
        sheet.hidden()
        sheet.values("secret | 秘密", X, W, expect={"loss": loss_of(X, W)}, weight=2)
    return sheet.report()


def test_a_right_answer_has_full_marks_with_the_hidden_checks_and_without():
    assert repr(graded(right)) == "4"
    assert repr(graded(right, hidden=False)) == "4"


def test_a_stub_has_no_points_and_one_sentence():
    def stub(x, w):
        raise NotImplementedError

    report = graded(stub)
    assert repr(report) == "0"
    assert (
        report.text("en")
        == "half_square: not done yet: fill in the cell above (and what it calls), run it, then this one again"
    )


def mutates(x, w):
    answer = right(x, w)
    x *= 0
    return answer


class Counter:
    """Right the first three times."""

    def __init__(self):
        self.calls = 0

    def __call__(self, x, w):
        self.calls += 1
        return right(x, w) if self.calls < 4 else (0.0, np.zeros(2))


WRONG = {
    "nothing returned": (lambda x, w: None, "return"),
    "one value for two": (lambda x, w: loss_of(x, w), "2 values"),
    "an exception": (lambda x, w: 1 / 0, "ZeroDivisionError"),
    "an unknown name": (lambda x, w: undefined_name, "undefined_name"),  # noqa: F821
    "another shape": (lambda x, w: (loss_of(x, w), X.T @ (X @ w)[:, None]), "(2, 1)"),
    "text": (lambda x, w: ("much", np.zeros(2)), "real numbers"),
    "not a number": (lambda x, w: (np.nan, right(x, w)[1]), "finite"),
    "complex": (lambda x, w: (loss_of(x, w), 1j * right(x, w)[1]), "complex"),
    "an integer buffer": (lambda x, w: (loss_of(x, w), right(x, w)[1].astype(int)), "fractions"),
    "gradient wrong by 0.1 %": (lambda x, w: (loss_of(x, w), 1.001 * right(x, w)[1]), "dw["),
    "one entry wrong by 0.1 %": (lambda x, w: (loss_of(x, w), right(x, w)[1] * [1, 1.001]), "dw[1]"),
    "summed": (lambda x, w: (loss_of(x, w), x.T @ (x @ w)), "divide by M"),
    "sign": (lambda x, w: (loss_of(x, w), -right(x, w)[1]), "sign"),
    "argument changed": (mutates, "argument x"),
    "a state": (Counter(), "state"),
}


@pytest.mark.parametrize(("function", "word"), WRONG.values(), ids=WRONG)
def test_a_wrong_answer_loses_points_and_is_told_why(function, word):
    report = graded(function)
    assert 0 <= report.points < 4
    assert word in report.text("en")


RIGHT = {
    "list for tuple": lambda x, w: list(right(x, w)),
    "0-d array": lambda x, w: (np.array(loss_of(x, w)), right(x, w)[1]),
    "float": lambda x, w: (float(loss_of(x, w)), right(x, w)[1]),
    "read-only view": lambda x, w: (loss_of(x, w), np.broadcast_to(right(x, w)[1], (3, 2))[0]),
    "every second entry": lambda x, w: (loss_of(x, w), np.repeat(right(x, w)[1], 2)[::2]),
    "list for array": lambda x, w: (loss_of(x, w), right(x, w)[1].tolist()),
    "prints and warns": lambda x, w: (
        sys.stdout.write("hello"),
        sys.stderr.write("oops"),
        np.array(1.0) / 0,
        right(x, w),
    )[-1],
}


@pytest.mark.parametrize("function", RIGHT.values(), ids=RIGHT)
def test_another_style_keeps_full_marks_and_a_quiet_screen(function, capfd):
    report = graded(function)
    assert report.points == 4, report.text("en")
    assert capfd.readouterr() == ("", "")


def test_a_failed_hidden_check_gives_its_name_and_no_values():
    def visible_only(x, w):
        return (1.0, right(x, w)[1]) if x.shape == (2, 2) else (12.345, right(x, w)[1])

    report = graded(visible_only)
    assert repr(report) == "2"
    hidden = report.text("en").split("secret")[1]
    assert hidden == " (hidden)"
    assert "12.345" not in report.html("en")


def test_what_a_hidden_check_raises_or_prints_stays_hidden():
    def leaks(x, w):
        if x.shape != (2, 2) and x[0, 0] != X[0, 0] + 1:
            return right(x, w)
        sys.stdout.write(str(x))
        raise ValueError(x.tolist())

    sheet = Sheet(SIGNATURE, leaks, points=1)
    sheet.values("open", X, W, expect={"loss": loss_of(X, W)})
    sheet.hidden()
    sheet.values("secret", X + 1, W, expect={"loss": 0.0})
    report = sheet.report()
    assert "1.3" not in report.text("en") + report.html("en")
    assert "2.0, 3.0" not in report.text("en") + report.html("en")


def test_the_stop_button_is_not_the_students_mistake():
    def stopped(x, w):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        graded(stopped)


def test_a_dictionary_of_gradients_is_read_by_its_keys():
    def f(x, w):
        return loss_of(x, w), {"w": right(x, w)[1], "extra": 0}

    def short(x, w):
        return loss_of(x, w), {}

    for function, points in ((f, "2"), (short, "0")):
        sheet = Sheet("f(x, w) -> loss, {w}", function, points=2)
        sheet.gradient("gradient", X, W, of=loss_of)
        assert repr(sheet.report()) == points


def test_labels_must_be_integers():
    for answer, points in (([0, 2], "1"), ([0.0, 2.0], "0"), ([0, 1], "0")):
        sheet = Sheet("f(x) -> labels", lambda x, answer=answer: np.array(answer), points=1)
        sheet.values("labels", X, expect=[0, 2])
        assert repr(sheet.report()) == points


def test_points_are_cut_never_rounded_up_to_full():
    sheet = Sheet("f(x) -> y", lambda x: x, points=3)
    sheet.values("a", 1.0, expect=1.0, weight=9999)
    sheet.values("b", 1.0, expect=2.0, weight=1e-3)
    assert sheet.report().points == 2.99


def test_inputs_come_from_the_seed_of_the_grader(monkeypatch):
    first = Sheet(SIGNATURE, right, points=1).spaced(3)
    assert np.array_equal(first, Sheet(SIGNATURE, right, points=1).spaced(3))
    monkeypatch.setenv("CHAINRULE_CHECK_SEED", "secret of this submission")
    assert not np.array_equal(Sheet(SIGNATURE, right, points=1).rng.random(3), first)


@pytest.mark.parametrize("signature", ["f", "f(x)", "f(x) ->", "-> y"])
def test_an_unreadable_signature_is_the_authors_mistake(signature):
    with pytest.raises(SignatureError):
        Sheet(signature, right, points=1)


def test_the_html_speaks_both_languages_and_draws_where_it_is_wrong():
    report = graded(lambda x, w: (loss_of(x, w), np.outer(x.sum(0), x.sum(0))[0] * 0 + 1))
    assert "points" in report.html("en")
    assert "满分" in report.html("zh")
    assert "手算" in report.text("zh")
    matrix = Sheet("f(x) -> y", lambda x: x.T, points=1)
    matrix.values("same", np.arange(9.0).reshape(3, 3), expect=np.arange(9.0).reshape(3, 3))
    assert matrix.report().html("en").count("<td") == 9
    assert matrix.report().diagnoses == ("transpose",)


def test_what_a_student_prints_is_escaped():
    sheet = Sheet("f(x) -> y", lambda x: sys.stdout.write("<script>alert(1)</script>") and None, points=1)
    sheet.values("nothing", 1.0, expect=1.0)
    assert "<script>" not in sheet.report().html("en")


def test_the_record_is_plain_data_for_programs():
    record = graded(right).record()
    assert record["points"] == record["max_points"] == 4
    assert [entry["hidden"] for entry in record["outcomes"]] == [False, False, True]


def sum_of_relu(x):
    return float(np.maximum(x, 0).sum())


@pytest.mark.parametrize("at_zero", [0.0, 1.0], ids=["0 at 0", "1 at 0"])
def test_either_subgradient_of_relu_is_right_away_from_the_kink(at_zero):
    for _ in range(50):
        sheet = Sheet("f(x) -> loss, dx", lambda x: (sum_of_relu(x), np.heaviside(x, at_zero)), points=1)
        sheet.gradient("gradient | 梯度", sheet.spaced(3, 5), of=sum_of_relu)
        assert sheet.report().points == 1


def test_a_gradient_that_should_be_zero_is_told_from_one_that_is_nearly():
    def square(x):
        return float(np.sum(x**2))

    for error, points in ((0.0, 1), (1e-6, 0)):
        sheet = Sheet("f(x) -> loss, dx", lambda x, error=error: (square(x), 2 * x + error), points=1)
        sheet.gradient("gradient | 梯度", np.zeros((2, 3)), of=square)
        assert sheet.report().points == points


@pytest.mark.parametrize(("dtype", "full"), [(np.float32, True), (np.float16, False)])
def test_single_precision_results_are_accepted_and_half_precision_ones_are_not(dtype, full):
    report = graded(lambda x, w: tuple(np.asarray(part).astype(dtype) for part in right(x, w)))
    assert (report.points == 4) is full, report.text("en")


class CallOnly:
    """A stand-in for a function in another process: it can be called, and nothing else."""

    def __call__(self, *arguments):
        return right(*arguments)

    def __getattribute__(self, name):
        raise AssertionError(f"the check looked at {name}")


def test_a_function_is_only_ever_called():
    assert repr(graded(CallOnly())) == "4"


def test_single_precision_arguments_are_differentiated_in_double():
    sheet = Sheet(SIGNATURE, right, points=1)
    sheet.gradient("gradient | 梯度", X.astype(np.float32), W.astype(np.float32), of=loss_of)
    assert sheet.report().points == 1


def test_a_right_gradient_is_never_refused_and_a_thousandth_is_always_seen(monkeypatch):
    for seed in range(300):
        monkeypatch.setenv("CHAINRULE_CHECK_SEED", str(seed))
        for factor, points in ((1.0, 1), (1.001, 0), (0.999, 0)):
            sheet = Sheet(SIGNATURE, lambda x, w, f=factor: (loss_of(x, w), f * right(x, w)[1]), points=1)
            sheet.gradient("gradient | 梯度", sheet.spaced(4, 3), sheet.spaced(3), of=loss_of)
            assert sheet.report().points == points


@pytest.mark.parametrize(
    ("function", "points", "word"),
    [
        (lambda x: np.sqrt(x) if x >= 0 else int("minus"), "1", "all right"),
        (lambda x: np.sqrt(abs(x)), "0", "but it returns 2.0"),
        (lambda x: np.sqrt(x) if x >= 0 else undefined_name, "0", "undefined_name"),  # noqa: F821
        (lambda x: np.sqrt(x) if x >= 0 else len(x), "0", "TypeError"),
    ],
)
def test_arguments_that_must_be_refused(function, points, word):
    sheet = Sheet("root(x) -> r", function, points=1)
    sheet.raises("negative", -4.0)
    report = sheet.report()
    assert repr(report) == points
    assert word in report.text("en")


LAYERS = [(np.array([1.0]), np.array([2.0])), (np.array([3.0]), np.array([4.0]))]


def by_layer(answer, expect=LAYERS):
    sheet = Sheet("f(x) -> [z, a]", lambda x: answer, points=1)
    sheet.values("layers | 各层", X, expect=expect)
    return sheet.report()


@pytest.mark.parametrize("answer", [LAYERS, tuple(LAYERS), [list(pair) for pair in LAYERS]])
def test_values_of_layers_may_stand_in_lists_or_tuples(answer):
    assert repr(by_layer(answer)) == "1"


def test_a_wrong_value_is_named_with_its_layer():
    report = by_layer([LAYERS[0], (LAYERS[1][0], np.array([5.0]))])
    assert "a2[0] is 5, expected 4" in report.text("en")


@pytest.mark.parametrize("answer", [LAYERS[:1], [*LAYERS, LAYERS[0]]])
@pytest.mark.parametrize("expect", [LAYERS, {"z2": LAYERS[1][0]}])
def test_a_layer_too_few_or_too_many_is_counted(answer, expect):
    report = by_layer(answer, expect)
    assert report.diagnoses == ("layer-count",)
    assert f"each of the 2 layers, but it returns {len(answer)}" in report.text("en")


@pytest.mark.parametrize("answer", [np.ones(2), [], {}, [(1.0, 2.0, 3.0)], [1.0, 2.0], "za"])
def test_what_is_no_list_of_pairs_is_described(answer):
    report = by_layer(answer)
    assert report.diagnoses == ("structure",)
    assert "a list that has a tuple (z, a) for each layer" in report.text("en")


def test_some_values_of_layers_are_compared_by_name():
    assert repr(by_layer([(9.0, 9.0), (9.0, np.array([4.0]))], {"a2": [4.0]})) == "1"
    with pytest.raises(SignatureError):
        by_layer(LAYERS, {"dW2": [4.0]})


def test_an_author_must_give_a_value_for_each_layer():
    with pytest.raises(SignatureError, match="list of tuples"):
        by_layer(LAYERS, [1.0, 2.0])
