"""Values as bytes and back: plain data only, with a bound on everything, and no pickle.

A value is None, bool, int, float, complex, str, bytes, list, tuple, dict, a NumPy scalar or array of a numeric dtype,
a NumPy Generator (its state), or a *reference*: a number for something that stays on its own side, such as a function
that a test hands to student code or an object that student code returns. What arrives is always of exactly these
types, whatever subclass was sent, and always a copy. An array also keeps how it lies in memory (`layout`).

On the wire each value is msgpack. Scalars are themselves; everything else is a list whose first entry is a tag:

    [LIST, items...]  [TUPLE, items...]  [DICT, key, value, key, value ...]  [INT, two's complement, big endian]
    [COMPLEX, re, im]  [ARRAY, dtype, shape, steps, writeable, bytes]  [SCALAR, dtype, bytes]
    [GENERATOR, name, state]  [REFERENCE, number, name]
"""

import math
from collections.abc import Callable
from typing import Any

import msgpack
import numpy as np

from .layout import contents, rebuilt, steps_of
from .wire_types import (
    ARRAY,
    COMPLEX,
    DICT,
    DTYPES,
    GENERATOR,
    GENERATORS,
    INT,
    KEYS,
    LIST,
    MAX_FRAME,
    MAX_INT_BYTES,
    MAX_ITEMS,
    MAX_NAME,
    REFERENCE,
    SCALAR,
    TUPLE,
    Bounds,
    Reference,
    WireError,
    native_dtype,
)

__all__ = ["MAX_FRAME", "Codec", "Reference", "WireError"]

Refer = Callable[[Any], Reference]
Resolve = Callable[[Reference], Any]


class Codec:
    """Encoder and decoder for one side of the wire. Without arguments, it refuses references.

    Args:
        refer: called with what is no plain data; returns a Reference, or raises WireError.
        resolve: called with a Reference from the other side; returns what takes its place here.

    >>> codec = Codec()
    >>> codec.unpack(codec.pack({"dw": np.arange(3.0), "shape": (2, 10**30)}))
    {'dw': array([0., 1., 2.]), 'shape': (2, 1000000000000000000000000000000)}
    """

    def __init__(self, refer: Refer | None = None, resolve: Resolve | None = None) -> None:
        self._refer = refer or _no_reference
        self._resolve = resolve or _no_reference

    def pack(self, value: Any) -> bytes:
        """The bytes of a value.

        Raises:
            WireError: part of it is no plain data and has no reference, or it is too large, too deep or too long.
        """
        data: bytes = msgpack.packb(_Encoder(self._refer).tagged(value, 0), use_bin_type=True)
        if len(data) > MAX_FRAME:
            raise WireError(f"a message of {len(data) >> 20} MiB, {MAX_FRAME >> 20} MiB are allowed")
        return data

    def unpack(self, data: bytes) -> Any:
        """The value that some bytes encode. They may come from an attacker.

        Raises:
            WireError: they encode no value, or one beyond the bounds.
        """
        if len(data) > MAX_FRAME:
            raise WireError("the message is too long")
        # These limits hold while msgpack allocates; `_Decoder` counts again.
        try:
            tagged = msgpack.unpackb(
                data, raw=False, use_list=True, max_array_len=2 * MAX_ITEMS, max_map_len=0, max_ext_len=0
            )
        except Exception as error:  # msgpack has half a dozen exceptions of its own, and passes on others
            raise WireError(f"the message is not msgpack ({type(error).__name__})") from None
        return _Decoder(self._resolve).value(tagged, 0)


def _no_reference(value: Any) -> Any:
    raise WireError(f"an object of type {type(value).__name__[:MAX_NAME]} cannot be sent")


class _Encoder(Bounds):
    """Turns a value into the lists that msgpack takes.

    Methods are called on the base class, `list.__iter__(value)`, because a subclass may override them to lie.
    """

    def __init__(self, refer: Refer) -> None:
        super().__init__()
        self._refer = refer

    def tagged(self, value: Any, depth: int) -> Any:
        """A value as msgpack takes it. An instance of a subclass is sent as one of its base class."""
        self.count(depth)
        if value is None or value is True or value is False:
            return value
        for kind, encode in _ENCODERS:
            if isinstance(value, kind):
                return encode(self, value, depth)
        reference = self._refer(value)
        return [REFERENCE, reference.number, reference.name[:MAX_NAME]]

    def _int(self, value: int, _depth: int) -> Any:
        value = int.__index__(value)
        if -(2**63) <= value < 2**63:
            return value
        size = value.bit_length() // 8 + 1  # with a bit for the sign
        if size > MAX_INT_BYTES:
            raise WireError(f"an integer of {size} bytes, {MAX_INT_BYTES} are allowed")
        return [INT, value.to_bytes(size, "big", signed=True)]

    def _float(self, value: float, _depth: int) -> Any:
        return float.__float__(value)

    def _complex(self, value: complex, _depth: int) -> Any:
        number = complex.__complex__(value)
        return [COMPLEX, number.real, number.imag]

    def _str(self, value: str, _depth: int) -> Any:
        return str.__str__(value).encode("utf-8", "replace").decode()  # "?" for lone surrogates

    def _bytes(self, value: bytes, _depth: int) -> Any:
        return bytes.__getitem__(value, slice(None))

    def _list(self, value: list[Any], depth: int) -> Any:
        return [LIST, *(self.tagged(item, depth + 1) for item in list.__iter__(value))]

    def _tuple(self, value: tuple[Any, ...], depth: int) -> Any:
        return [TUPLE, *(self.tagged(item, depth + 1) for item in tuple.__iter__(value))]

    def _dict(self, value: dict[Any, Any], depth: int) -> Any:
        pairs: list[Any] = [DICT]
        for key, item in dict.items(value):
            pairs += (self.tagged(key, depth + 1), self.tagged(item, depth + 1))
        return pairs

    def _array(self, value: np.ndarray[Any, Any], _depth: int) -> Any:
        array = np.ndarray.view(value, np.ndarray)
        dtype = native_dtype(array.dtype)
        # Checked before any item is copied: a broadcast array of a few bytes may stand for terabytes.
        self.count_bytes(array.nbytes)
        steps = steps_of(array)
        content = contents(array.astype(dtype, copy=False), steps)
        return [ARRAY, dtype.str, list(array.shape), steps, bool(array.flags.writeable), content]

    def _scalar(self, value: np.generic, _depth: int) -> Any:
        array = np.asarray(value)
        dtype = native_dtype(array.dtype)
        return [SCALAR, dtype.str, array.astype(dtype, copy=False).tobytes()]

    def _generator(self, value: np.random.Generator, depth: int) -> Any:
        name = type(value.bit_generator).__name__
        if name not in GENERATORS:
            raise WireError(f"a random generator of kind {name} cannot be sent")
        return [GENERATOR, name, self.tagged(value.bit_generator.state, depth + 1)]


_ENCODERS: tuple[tuple[type, Callable[[_Encoder, Any, int], Any]], ...] = (
    # First match wins, and np.float64 is a subclass of float, so NumPy's types come first.
    (np.generic, _Encoder._scalar),
    (np.ndarray, _Encoder._array),
    (int, _Encoder._int),
    (float, _Encoder._float),
    (complex, _Encoder._complex),
    (str, _Encoder._str),
    (bytes, _Encoder._bytes),
    (list, _Encoder._list),
    (tuple, _Encoder._tuple),
    (dict, _Encoder._dict),
    (np.random.Generator, _Encoder._generator),
)


class _Decoder(Bounds):
    """Turns the lists that msgpack has read into a value, and checks every entry."""

    def __init__(self, resolve: Resolve) -> None:
        super().__init__()
        self._resolve = resolve

    def value(self, tagged: Any, depth: int) -> Any:
        """The value of a scalar or a tagged list."""
        self.count(depth)
        if not isinstance(tagged, list):
            return tagged
        if not tagged or type(tagged[0]) is not int or not 0 <= tagged[0] < len(_DECODERS):
            raise WireError("a list without a known tag")
        try:
            return _DECODERS[tagged[0]](self, tagged[1:], depth)
        except WireError:
            raise
        except Exception as error:  # a wrong number of entries, or entries of wrong types
            raise WireError(f"a malformed value ({type(error).__name__})") from None

    def _items(self, tagged: list[Any], depth: int) -> list[Any]:
        return [self.value(item, depth + 1) for item in tagged]

    def _tuple(self, tagged: list[Any], depth: int) -> tuple[Any, ...]:
        return tuple(self._items(tagged, depth))

    def _dict(self, tagged: list[Any], depth: int) -> dict[Any, Any]:
        if len(tagged) % 2:
            raise WireError("a dictionary whose last key has no value")
        keys = self._items(tagged[0::2], depth)
        if not all(isinstance(key, (*KEYS, np.generic, tuple)) for key in keys):
            raise WireError("a dictionary with a key of a type that cannot be one")
        result = dict(zip(keys, self._items(tagged[1::2], depth), strict=True))
        if len(result) < len(keys):
            raise WireError("a dictionary with the same key twice")
        return result

    def _int(self, tagged: list[Any], _depth: int) -> int:
        (content,) = tagged
        if not isinstance(content, bytes) or len(content) > MAX_INT_BYTES:
            raise WireError("an integer that is not bytes, or too many of them")
        return int.from_bytes(content, "big", signed=True)

    def _complex(self, tagged: list[Any], _depth: int) -> complex:
        real, imaginary = tagged
        return complex(float(real), float(imaginary))

    def _array(self, tagged: list[Any], _depth: int) -> np.ndarray[Any, Any]:
        name, shape, steps, writeable, content = tagged
        dtype = DTYPES[name]
        # 32 axes are NumPy 1's limit, more than enough. `type(n) is int` leaves out True.
        if not all(type(n) is int and 0 <= n <= MAX_FRAME for n in shape) or len(shape) > 32:
            raise WireError("an array of an impossible shape")
        # Counted by its shape, because a copy of a broadcast array takes that much, whatever arrived of it.
        self.count_bytes(math.prod(shape) * dtype.itemsize)
        if type(content) is not bytes or type(writeable) is not bool:
            raise WireError("an array without contents, or without a word on whether it can be written")
        array = rebuilt(dtype, shape, steps, content)
        array.flags.writeable = writeable
        return array

    def _scalar(self, tagged: list[Any], _depth: int) -> np.generic:
        name, content = tagged
        if type(content) is not bytes:
            raise WireError("a scalar without contents")
        (scalar,) = np.frombuffer(content, DTYPES[name])
        return scalar  # type: ignore[no-any-return]

    def _generator(self, tagged: list[Any], depth: int) -> np.random.Generator:
        name, state = tagged
        bits = GENERATORS[name]()
        bits.state = self.value(state, depth + 1)
        return np.random.Generator(bits)

    def _reference(self, tagged: list[Any], _depth: int) -> Any:
        number, name = tagged
        if type(number) is not int or not isinstance(name, str) or len(name) > MAX_NAME:
            raise WireError("a reference without a number and a name")
        return self._resolve(Reference(number, name))


_DECODERS: tuple[Callable[[_Decoder, list[Any], int], Any], ...] = (
    _Decoder._items,
    _Decoder._tuple,
    _Decoder._dict,
    _Decoder._int,
    _Decoder._complex,
    _Decoder._array,
    _Decoder._scalar,
    _Decoder._generator,
    _Decoder._reference,
)
