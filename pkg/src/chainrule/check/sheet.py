"""The sheet that a test cell fills in: properties of one function, each checked when it is written down."""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.calling import Call, call, quiet, same, show
from chainrule.check.diagnosis import likeliest, suspects
from chainrule.check.language import bilingual
from chainrule.check.record import N_, Finding, Message, Outcome
from chainrule.check.report import Report
from chainrule.check.signature import Signature, SignatureError
from chainrule.check.stages import array_finding, call_finding, gradient_finding, values_finding
from chainrule.errors import explain
from chainrule.gradcheck import spaced

__all__ = ["Sheet"]

# A stub, a misspelt name, or a slip in the line that was to raise something else.
_ACCIDENTS = ("NotImplementedError", "NameError", "UnboundLocalError", "AttributeError", "TypeError")

_DIGITS = "0123456789"


class Sheet:
    """Checks of one exercise.

    Args:
        signature: `name(arguments) -> values`, for example "f(x, w) -> loss, dw" or "f(x) -> loss, {W, b}".
        function: the student's, or a proxy of it; it is only ever called.
        points: what the cell is worth.

    >>> sheet = Sheet("double(x) -> y", lambda x: 2 * x, points=3)
    >>> sheet.values("twice | 两倍", np.array([1.0, 2.0]), expect=[2.0, 4.0])
    >>> sheet.report()
    3
    """

    def __init__(self, signature: str, function: Callable[..., Any], *, points: float) -> None:
        self.signature = Signature.parse(signature)
        self.points = points
        self.rng = _generator(self.signature.name)
        self._function = function
        self._outcomes: list[Outcome] = []
        self._hidden = False
        self._unfinished: Finding | None = None
        self._calls: list[tuple[tuple[Any, ...], Any]] = []
        self._side_effects: dict[str, Finding] = {}

    def hidden(self) -> None:
        """From here on, failures give the property's name and no more; the first line of a hidden region."""
        self._hidden = True

    def spaced(self, *shape: int, low: float = -2.0, high: float = 2.0) -> NDArray[np.float64]:
        """An input without ties, zeros or kinks nearby, from the sheet's seed (see `chainrule.gradcheck.spaced`)."""
        return spaced(self.rng, *shape, low=low, high=high)

    @quiet()
    def values(
        self,
        title: str,
        *arguments: Any,
        expect: Any,
        rtol: float = 1e-6,
        atol: float = 1e-8,
        weight: float = 1.0,
    ) -> None:
        """The returned values agree with an independent oracle.

        Args:
            title: the property in a few words, "English | 中文".
            arguments: of the call.
            expect: the value; a dictionary of values by name where only some, or several, are looked at; or a function
                of the arguments that returns either. Where values come by layer, the whole list, or some by name
                ("z1"), of which one belongs to the last layer.
            rtol: relative tolerance.
            atol: absolute tolerance.
            weight: share of the points.
        """
        attempt = self._call(arguments)
        expected = expect(*arguments) if callable(expect) else expect
        targets = self.signature.named(expected)
        finding = self._form_finding(attempt) or self._layers_finding(attempt, targets)
        for label, target in targets.items():
            self._require_label(label)
            if finding is None:
                finding = values_finding(label, self._parts(attempt)[label], np.asarray(target), rtol, atol)
        self._add_outcome(title, weight, attempt, arguments, finding)

    @quiet()
    def gradient(
        self, title: str, *arguments: Any, of: Callable[..., float], rtol: float = 1e-6, weight: float = 1.0
    ) -> None:
        """Every returned gradient is the derivative of `of`: `dw`, or the key `w`, for the argument `w`, and so on.

        Args:
            title: the property in a few words, "English | 中文".
            arguments: of the call; those with gradients in float64.
            of: scalar function of the same arguments, the reference's forward, never the student's.
            rtol: relative tolerance of a random contraction.
            weight: share of the points, divided evenly among the gradients.
        """
        pairs = self.signature.gradients()
        attempt = self._call(arguments)
        for label, argument in pairs.items():
            finding = self._form_finding(attempt)
            if finding is None:
                position = self.signature.arguments.index(argument)
                x = np.asarray(arguments[position], dtype=np.float64)
                finding = gradient_finding(
                    label, self._parts(attempt)[label], _function_of(of, arguments, position), x, self.rng, rtol
                )
            self._add_outcome(_title_for(title, label), weight / len(pairs), attempt, arguments, finding)

    @quiet()
    def holds(
        self,
        title: str,
        *arguments: Any,
        that: Callable[[Any], bool],
        why: str = "",
        diagnosis: str | None = None,
        shape: tuple[int, ...] | None = None,
        weight: float = 1.0,
    ) -> None:
        """A property that needs no expected value, such as rows that add up to 1.

        Args:
            title: the property in a few words, "English | 中文".
            arguments: of the call.
            that: takes what was returned and says whether the property holds; an exception in it means no.
            why: what to say when it does not, "English | 中文"; the title if empty.
            diagnosis: identifier of the one mistake that can be behind it, if there is only one.
            shape: of the first returned value, checked before.
            weight: share of the points.
        """
        attempt = self._call(arguments)
        finding = self._form_finding(attempt)
        if finding is None and shape is not None:
            label = self.signature.labels[0]
            finding = array_finding(label, self._parts(attempt)[label], np.zeros(shape))
        if finding is None and not _is_true(that, attempt.result):
            text = Message(N_("this does not hold: {title}"), {"title": _Bilingual(why or title)})
            finding = Finding("values", text, diagnosis)
        self._add_outcome(title, weight, attempt, arguments, finding)

    @quiet()
    def raises(self, title: str, *arguments: Any, weight: float = 1.0) -> None:
        """Arguments that make no sense are refused with an error of any class that is not raised by accident.

        Args:
            title: the property in a few words, "English | 中文".
            arguments: of the call.
            weight: share of the points.
        """
        attempt = self._call(arguments)
        finding = call_finding(attempt, self.signature.arguments)
        if not attempt.error:
            gaps = {"got": show("", (attempt.result,))[1:-1]}
            text = N_("it must refuse these arguments with an error (raise ValueError), but it returns {got}")
            finding = Finding("values", Message(text, gaps), "not-refused")
        elif attempt.error not in _ACCIDENTS:
            finding = None
        self._add_outcome(title, weight, attempt, arguments, finding)

    @quiet()
    def report(self) -> Report:
        """Points and reasons; the last line of a test cell."""
        outcomes = list(self._outcomes)
        # stage 7 last: it needs all the calls, and an answer that fails everywhere has no second answer to compare
        if any(outcome.passed for outcome in outcomes):
            self._repeat()
        outcomes += [Outcome(title, 1.0, finding=finding) for title, finding in self._side_effects.items()]
        diagnosed = likeliest([outcome.finding for outcome in outcomes])
        outcomes = [replace(outcome, finding=finding) for outcome, finding in zip(outcomes, diagnosed, strict=True)]
        report = Report(self.signature.name, self.points, tuple(outcomes))
        report.tell_validate()
        return report

    def _call(self, arguments: tuple[Any, ...]) -> Call:
        if self._unfinished is not None:
            return Call(None, "NotImplementedError")
        attempt = call(self._function, arguments)
        if attempt.error == "NotImplementedError" and not self._outcomes:
            self._unfinished = call_finding(attempt, self.signature.arguments)
        if not attempt.error:
            self._calls.append((arguments, attempt.result))
        return attempt

    def _form_finding(self, attempt: Call) -> Finding | None:
        """Stages 1 to 3. A changed argument is a mistake of its own and is held against the sheet, not the property."""
        finding = call_finding(attempt, self.signature.arguments)
        if finding is not None and finding.stage == "arguments":
            self._side_effects.setdefault("leaves its arguments alone | 不改动传入的参数", finding)
            finding = None
        if finding is None:
            split = self.signature.split(attempt.result)
            if isinstance(split, Message):
                return Finding("structure", split, "structure")
        return finding

    def _parts(self, attempt: Call) -> dict[str, Any]:
        split = self.signature.split(attempt.result)
        return split if isinstance(split, dict) else {}

    def _layers_finding(self, attempt: Call, targets: Mapping[str, Any]) -> Finding | None:
        """As many layers as there are, where the values come by layer; the targets name the last one."""
        if not self.signature.by_layer:
            return None
        got, expected = (max(map(_layer_number, labels), default=0) for labels in (self._parts(attempt), targets))
        if got == expected:
            return None
        text = N_("it must return one entry for each of the {expected} layers, but it returns {got}")
        return Finding("structure", Message(text, {"got": got, "expected": expected}), "layer-count")

    def _require_label(self, label: str) -> None:
        if self.signature.by_layer:
            label = label.rstrip(_DIGITS)
        if label not in self.signature.labels:
            raise SignatureError(
                explain(
                    "no such returned value",
                    got=label,
                    expected=self.signature.labels,
                    fix="use a name of the signature",
                )
            )

    def _add_outcome(
        self, title: str, weight: float, attempt: Call, arguments: tuple[Any, ...], finding: Finding | None
    ) -> None:
        if finding is not None:
            finding = replace(finding, suspects=suspects(finding, self.signature, arguments))
        call_text = "" if self._hidden else show(self.signature.name, arguments)
        printed = "" if self._hidden else attempt.printed
        self._outcomes.append(Outcome(title, weight, self._hidden, finding, call_text, printed))

    def _repeat(self) -> None:
        """Stage 7: every call once more, after all the others; a cache or a hidden state shows here."""
        for arguments, result in self._calls:
            second = call(self._function, arguments)
            if second.error or not same(second.result, result):
                finding = Finding(
                    "repeat",
                    Message(
                        N_("called again with the same arguments, it returns something else; does it keep a state?")
                    ),
                    "not-repeatable",
                )
                self._side_effects.setdefault("same answer on a second call | 再次调用结果相同", finding)
                return


class _Bilingual(Message):
    """A text of the test's author, which carries its own translation."""

    def __init__(self, text: str) -> None:
        super().__init__(text)

    def text(self, lang: str) -> str:
        return bilingual(self.template, lang)


def _layer_number(label: str) -> int:
    """The layer of a value: 2 of "dW2"."""
    return int(label[len(label.rstrip(_DIGITS)) :])


def _function_of(
    of: Callable[..., float], arguments: tuple[Any, ...], position: int
) -> Callable[[NDArray[np.float64]], float]:
    return lambda x: float(of(*arguments[:position], x, *arguments[position + 1 :]))


def _title_for(title: str, label: str) -> str:
    return " | ".join(f"{half.strip()}: {label}" for half in title.split(" | "))


def _is_true(that: Callable[[Any], bool], result: Any) -> bool:
    try:
        return bool(that(result))
    except Exception:  # a malformed result may break the property in any way
        return False


def _generator(name: str) -> np.random.Generator:
    """Inputs depend on the exercise and, where a grader sets CHAINRULE_CHECK_SEED, on its secret."""
    secret = os.environ.get("CHAINRULE_CHECK_SEED", "")
    digest = hashlib.sha256(f"{secret}/{name}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))
