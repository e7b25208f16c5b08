"""The first line of a test cell: `f(x, w) -> loss, dw`, `f(x) -> loss, {W_h, b_h}` or `f(x) -> [z, a]`; its values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from chainrule.check.record import N_, Message
from chainrule.errors import ChainruleError, explain

__all__ = ["Signature", "SignatureError"]

_FORM = re.compile(r"\s*(\w+)\(([\w\s,]*)\)\s*->\s*(.+)")
_OUTPUT = re.compile(r"\{[^{}]*\}|[^,{}]+")


class SignatureError(ChainruleError, ValueError):
    """A test cell's first line cannot be read; the author's mistake, never a student's."""


@dataclass(frozen=True)
class Signature:
    """Name of an exercise, its arguments, and what it returns: names, or a tuple of names for a dictionary's keys.

    Where `by_layer` is set, a list is returned that has a tuple of the outputs for each layer.
    """

    name: str
    arguments: tuple[str, ...]
    outputs: tuple[str | tuple[str, ...], ...]
    by_layer: bool = False

    @classmethod
    def parse(cls, text: str) -> "Signature":
        """Read a signature.

        Raises:
            SignatureError: the text has another form.

        >>> Signature.parse("f(x, w) -> loss, {w, b}").outputs
        ('loss', ('w', 'b'))
        >>> list(Signature.parse("f(x) -> [z, a]").split([(1.0, 2.0), (3.0, 4.0)]))
        ['z1', 'a1', 'z2', 'a2']
        """
        form = _FORM.fullmatch(text)
        if form is None:
            raise SignatureError(
                explain("unreadable signature", got=repr(text), expected="f(x, w) -> loss, dw", fix="write it so")
            )
        returned = form[3].strip()
        if returned.startswith("[") and returned.endswith("]"):
            return cls(form[1], _names(form[2]), _names(returned[1:-1]), by_layer=True)
        outputs: list[str | tuple[str, ...]] = []
        for part in _OUTPUT.findall(form[3]):
            names = _names(part.strip(" {}"))
            if part.strip().startswith("{"):
                outputs.append(names)
            else:
                outputs.extend(names)
        return cls(form[1], _names(form[2]), tuple(outputs))

    @property
    def labels(self) -> tuple[str, ...]:
        """Every single value that is returned: names, then keys."""
        return tuple(label for output in self.outputs for label in ((output,) if isinstance(output, str) else output))

    def gradients(self) -> dict[str, str]:
        """Which returned value is the gradient for which argument: `dw` and the key `w` belong to `w`.

        >>> Signature.parse("f(x, w, b) -> loss, dw, db").gradients()
        {'dw': 'w', 'db': 'b'}
        """
        keys = {key for output in self.outputs if isinstance(output, tuple) for key in output}
        pairs = {label: label if label in keys else label.removeprefix("d") for label in self.labels}
        return {k: a for k, a in pairs.items() if a in self.arguments and (k in keys or k != a)}

    def split(self, result: object) -> dict[str, Any] | Message:
        """The returned values by label, or the sentence that says what is wrong with the structure."""
        if result is None:
            return Message(N_("it returns nothing; is a `return` missing?"))
        return self._split_layers(result) if self.by_layer else self._split_outputs(result)

    def _split_layers(self, result: object) -> dict[str, Any] | Message:
        """Values of every layer, numbered from 1."""
        layers = result if isinstance(result, tuple | list) else ()
        values: dict[str, Any] = {}
        for number, layer in enumerate(layers, start=1):
            if not isinstance(layer, tuple | list) or len(layer) != len(self.outputs):
                layers = ()
                break
            values.update({f"{name}{number}": value for name, value in zip(self.labels, layer, strict=True)})
        if not layers:
            return Message(
                N_("it must return a list that has a tuple ({names}) for each layer, but it returns {got}"),
                {"names": self.form(), "got": _describe(result)},
            )
        return values

    def _split_outputs(self, result: object) -> dict[str, Any] | Message:
        """Values by name."""
        parts: tuple[object, ...] = (result,)
        if len(self.outputs) > 1:
            if not isinstance(result, tuple | list) or len(result) != len(self.outputs):
                return Message(
                    N_("it must return {count} values ({names}), but it returns {got}"),
                    {"count": len(self.outputs), "names": self.form(), "got": _describe(result)},
                )
            parts = tuple(result)
        values: dict[str, Any] = {}
        for output, part in zip(self.outputs, parts, strict=True):
            if isinstance(output, str):
                values[output] = part
                continue
            entries: Mapping[Any, Any] = part if isinstance(part, Mapping) else {}
            missing = [key for key in output if key not in entries]
            if missing:
                return Message(
                    N_("the dictionary must have the keys {keys}; {missing} not found"),
                    {"keys": ", ".join(output), "missing": ", ".join(missing)},
                )
            values.update({key: entries[key] for key in output})
        return values

    def named(self, values: Any) -> Mapping[str, Any]:
        """Values by label: a mapping as it is, the values of layers split, anything else as the first label's."""
        if isinstance(values, Mapping):
            return values
        if not self.by_layer:
            return {self.labels[0]: values}
        split = self._split_layers(values)
        if isinstance(split, Message):
            raise SignatureError(
                explain("no value for each layer", got=values, expected=self.form(), fix="give a list of tuples")
            )
        return split

    def form(self) -> str:
        """What is returned, as the signature writes it."""
        return ", ".join(out if isinstance(out, str) else "{" + ", ".join(out) + "}" for out in self.outputs)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _describe(result: object) -> str:
    if isinstance(result, np.ndarray):
        return f"array {result.shape}"
    if isinstance(result, tuple | list):
        kinds = {type(item).__name__ for item in result}
        return f"{type(result).__name__} ({len(result)}{' × ' + kinds.pop() if len(kinds) == 1 else ''})"
    return type(result).__name__
