"""Plain data as dataclasses and back. Reading checks every field against its annotation.

A field may be annotated with Any, None, bool, int, float, str, a Literal of strings, another dataclass, or a list,
tuple, dictionary or union of those. A value must be of exactly that type, except that an integer is also a float.
"""

import functools
import types
from collections.abc import Callable
from dataclasses import MISSING, asdict, fields, is_dataclass
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from .wire_types import WireError

__all__ = ["FormError", "from_fields", "from_plain", "to_plain"]

T = TypeVar("T")


class FormError(WireError):
    """Plain data is not of the form that was expected: an entry of another type, one too few or one too many."""


def to_plain(record: Any) -> dict[str, Any]:
    """A dataclass as a dictionary of plain data."""
    return asdict(record)


def from_plain(kind: type[T], value: Any) -> T:
    """The dataclass `kind` from a dictionary that `to_plain` has made, or anything else.

    Fields with a default may be missing: a record that an earlier version has stored may not have them.

    Raises:
        FormError: anything about it is not as annotated.
    """
    names = _required(kind)  # type: ignore[arg-type]
    if type(value) is not dict or not names.keys() >= value.keys():
        raise FormError(f"not the fields of a {kind.__name__}")
    if not all(name in value for name, required in names.items() if required):
        raise FormError(f"not all the fields of a {kind.__name__}")
    annotations = {field.name: field.type for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: _checked(annotations[name], entry) for name, entry in value.items()})


def from_fields(kind: type[T], values: list[Any]) -> T:
    """The dataclass `kind` from the values of all its fields in order.

    Raises:
        FormError: there are more or fewer, or one is not as annotated.
    """
    annotations = [field.type for field in fields(kind)]  # type: ignore[arg-type]
    if len(values) != len(annotations):
        raise FormError(f"not as many entries as a {kind.__name__} has")
    return kind(*map(_checked, annotations, values))


@functools.cache
def _required(kind: type) -> dict[str, bool]:
    """Fields of a dataclass, and whether each has no default."""
    return {field.name: field.default is MISSING and field.default_factory is MISSING for field in fields(kind)}


def _checked(annotation: Any, value: Any) -> Any:
    """The value if it is as annotated; raises FormError otherwise."""
    if annotation is Any:
        return value
    if is_dataclass(annotation):
        return from_plain(annotation, value)  # type: ignore[arg-type]
    origin = get_origin(annotation)
    if origin is not None:
        return _CHECKS[origin](get_args(annotation), value)
    # Exact types: True is no number here, and no subclass comes off the wire.
    if type(value) is annotation or (annotation is None and value is None):
        return value
    if annotation is float and type(value) is int and abs(value) < 2**53:
        return float(value)
    raise FormError(f"a {type(value).__name__} in the place of a {getattr(annotation, '__name__', annotation)}")


def _literal(choices: tuple[Any, ...], value: Any) -> Any:
    if type(value) is not str or value not in choices:
        raise FormError(f"none of {choices}")
    return value


def _union(kinds: tuple[Any, ...], value: Any) -> Any:
    for kind in kinds:
        try:
            return _checked(kind, value)
        except FormError:
            continue
    raise FormError(f"a {type(value).__name__}, which is none of the types that can be there")


def _list(kinds: tuple[Any, ...], value: Any) -> list[Any]:
    if type(value) is not list:
        raise FormError(f"a {type(value).__name__} in the place of a list")
    return [_checked(kinds[0], item) for item in value]


def _tuple(kinds: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if type(value) is not tuple:
        raise FormError(f"a {type(value).__name__} in the place of a tuple")
    each = kinds[:1] * len(value) if kinds[1:] == (...,) else kinds
    if len(value) != len(each):
        raise FormError(f"{len(value)} entries in the place of {len(each)}")
    return tuple(map(_checked, each, value))


def _dict(kinds: tuple[Any, ...], value: Any) -> dict[Any, Any]:
    if type(value) is not dict:
        raise FormError(f"a {type(value).__name__} in the place of a dictionary")
    return {_checked(kinds[0], key): _checked(kinds[1], item) for key, item in value.items()}


_CHECKS: dict[Any, Callable[[tuple[Any, ...], Any], Any]] = {
    Literal: _literal,
    Union: _union,
    types.UnionType: _union,
    list: _list,
    tuple: _tuple,
    dict: _dict,
}
