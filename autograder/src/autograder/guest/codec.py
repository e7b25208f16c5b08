"""The only codec between the two sides: plain data, with a bound on everything, and no pickle.

A value is None, bool, int, float, complex, str, bytes, list, tuple, dict, a NumPy scalar or array of a numeric dtype,
a NumPy Generator (its state), or a *reference*: a number that stands for something that stays on its own side (a
callable that a test hands to a student's function, an object that a student's function returns). What arrives is
always of exactly these types, whatever subclass was sent, and always a copy.

On the wire each value is msgpack. Scalars are themselves; everything else is a list whose first entry is a tag:

    [LIST, items...]  [TUPLE, items...]  [DICT, key, value, key, value ...]  [INT, two's complement, big endian]
    [COMPLEX, re, im]  [ARRAY, dtype, shape, order, writeable, bytes]  [SCALAR, dtype, bytes]
    [GENERATOR, name, state]  [REFERENCE, number, name]
"""

import math
from collections.abc import Callable
from typing import Any, Literal

import msgpack
import numpy as np

__all__ = ["MAX_FRAME", "Codec", "Reference", "WireError"]

MAX_FRAME = 64 << 20
"""Bytes of one message: an array of 8 million float64."""
MAX_DEPTH = 20
MAX_ITEMS = 200_000
"""Items of lists and dictionaries in one message, all together."""
MAX_INT_BYTES = 1024
MAX_NAME = 200

LIST, TUPLE, DICT, INT, COMPLEX, ARRAY, SCALAR, GENERATOR, REFERENCE = range(9)

_DTYPES = {dtype.str: dtype for dtype in map(np.dtype, "?bhilqBHILQefdFD")}
_GENERATORS = {kind.__name__: kind for kind in (np.random.PCG64, np.random.MT19937, np.random.Philox, np.random.SFC64)}
_KEYS = (bool, int, float, complex, str, bytes, type(None))


class WireError(Exception):
    """What was sent is not what may be sent; the text says which rule it breaks."""


class Reference:
    """Something that stays on the other side, by the number it has there."""

    def __init__(self, number: int, name: str = "") -> None:
        self.number = number
        self.name = name


class Codec:
    """Values to bytes and back, for one side of the wire.

    Args:
        refer: a Reference for what is no plain data; raises WireError for what shall not be sent.
        resolve: what a Reference from the other side becomes here.

    >>> codec = Codec()
    >>> codec.unpack(codec.pack({"dw": np.arange(3.0), "shape": (2, 10**30)}))
    {'dw': array([0., 1., 2.]), 'shape': (2, 1000000000000000000000000000000)}
    """

    def __init__(
        self,
        refer: Callable[[Any], Reference] | None = None,
        resolve: Callable[[Reference], Any] | None = None,
    ) -> None:
        self._refer = refer or _no_reference
        self._resolve = resolve or _no_reference

    def pack(self, value: Any) -> bytes:
        """The bytes of a value.

        Raises:
            WireError: it is no plain data, or too large, too deep or too long.
        """
        data: bytes = msgpack.packb(_Encoder(self._refer).tagged(value, 0), use_bin_type=True)
        if len(data) > MAX_FRAME:
            raise WireError(f"{len(data) >> 20} MiB are too much for one message, {MAX_FRAME >> 20} MiB are allowed")
        return data

    def unpack(self, data: bytes) -> Any:
        """The value behind some bytes, which may be anything.

        Raises:
            WireError: they are no value.
        """
        if len(data) > MAX_FRAME:
            raise WireError("the message is too long")
        try:
            tagged = msgpack.unpackb(
                data, raw=False, use_list=True, max_array_len=2 * MAX_ITEMS, max_map_len=0, max_ext_len=0
            )
        except Exception as error:  # msgpack has half a dozen of its own, and passes on others
            raise WireError(f"the message is no msgpack ({type(error).__name__})") from None
        return _Decoder(self._resolve).value(tagged, 0)


def _no_reference(value: Any) -> Any:
    raise WireError(f"an object of type {type(value).__name__[:MAX_NAME]} cannot be sent")


class _Bounds:
    """Depth and number of items of one message."""

    def __init__(self) -> None:
        self._counted = 0

    def count(self, items: int, depth: int) -> None:
        self._counted += items
        if depth > MAX_DEPTH:
            raise WireError(f"nested more than {MAX_DEPTH} deep")
        if self._counted > MAX_ITEMS:
            raise WireError(f"more than {MAX_ITEMS} items in one message")


class _Encoder(_Bounds):
    def __init__(self, refer: Callable[[Any], Reference]) -> None:
        super().__init__()
        self._refer = refer

    def tagged(self, value: Any, depth: int) -> Any:
        """The value as msgpack takes it. A subclass is sent as its base class, by the base class's own means."""
        self.count(1, depth)
        if value is None or value is True or value is False:
            return value
        for kind, tag in _ENCODERS:
            if isinstance(value, kind):
                return tag(self, value, depth)
        reference = self._refer(value)
        return [REFERENCE, reference.number, reference.name[:MAX_NAME]]

    def _int(self, value: int, _depth: int) -> Any:
        value = int.__index__(value)
        if -(2**63) <= value < 2**63:
            return value
        size = value.bit_length() // 8 + 1
        if size > MAX_INT_BYTES:
            raise WireError(f"an integer of {size} bytes, {MAX_INT_BYTES} are allowed")
        return [INT, value.to_bytes(size, "big", signed=True)]

    def _float(self, value: float, _depth: int) -> Any:
        return float.__float__(value)

    def _complex(self, value: complex, _depth: int) -> Any:
        plain = complex.__complex__(value)
        return [COMPLEX, plain.real, plain.imag]

    def _str(self, value: str, _depth: int) -> Any:
        # lone surrogates cannot be encoded, and a text that cannot be shown is of no use
        return str.__str__(value).encode("utf-8", "replace").decode()

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
        plain = np.ndarray.view(value, np.ndarray)
        dtype = _native(plain.dtype)
        order: Literal["C", "F"] = "F" if plain.flags.f_contiguous and not plain.flags.c_contiguous else "C"
        if plain.nbytes > MAX_FRAME:
            raise WireError(f"an array of {plain.nbytes >> 20} MiB, {MAX_FRAME >> 20} MiB are allowed")
        content = plain.astype(dtype, copy=False).tobytes(order)
        return [ARRAY, dtype.str, list(plain.shape), order, bool(plain.flags.writeable), content]

    def _scalar(self, value: np.generic, _depth: int) -> Any:
        plain = np.asarray(value)
        return [SCALAR, _native(plain.dtype).str, plain.astype(_native(plain.dtype), copy=False).tobytes()]

    def _generator(self, value: np.random.Generator, depth: int) -> Any:
        name = type(value.bit_generator).__name__
        if name not in _GENERATORS:
            raise WireError(f"a random generator of kind {name} cannot be sent")
        return [GENERATOR, name, self.tagged(value.bit_generator.state, depth + 1)]


_ENCODERS: tuple[tuple[type, Callable[[_Encoder, Any, int], Any]], ...] = (
    (np.generic, _Encoder._scalar),  # before int and float: np.float64 is a float, too
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


def _native(dtype: np.dtype[Any]) -> np.dtype[Any]:
    native = dtype.newbyteorder("=")
    if native.str not in _DTYPES:
        raise WireError(f"an array of dtype {str(dtype)[:MAX_NAME]} cannot be sent, only numbers and booleans")
    return native


class _Decoder(_Bounds):
    def __init__(self, resolve: Callable[[Reference], Any]) -> None:
        super().__init__()
        self._resolve = resolve

    def value(self, tagged: Any, depth: int) -> Any:
        self.count(1, depth)
        if not isinstance(tagged, list):
            return tagged
        if not tagged or type(tagged[0]) is not int or not 0 <= tagged[0] < len(_DECODERS):
            raise WireError("a value without a known tag")
        try:
            return _DECODERS[tagged[0]](self, tagged[1:], depth)
        except WireError:
            raise
        except Exception as error:  # wrong number or kind of entries, in any way that there is
            raise WireError(f"a malformed value ({type(error).__name__})") from None

    def _items(self, tagged: list[Any], depth: int) -> list[Any]:
        return [self.value(item, depth + 1) for item in tagged]

    def _tuple(self, tagged: list[Any], depth: int) -> tuple[Any, ...]:
        return tuple(self._items(tagged, depth))

    def _dict(self, tagged: list[Any], depth: int) -> dict[Any, Any]:
        if len(tagged) % 2:
            raise WireError("a dictionary with a key without value")
        keys = self._items(tagged[0::2], depth)
        if not all(isinstance(key, (*_KEYS, np.generic, tuple)) for key in keys):
            raise WireError("a dictionary with a key that is none")
        result = dict(zip(keys, self._items(tagged[1::2], depth), strict=True))
        if len(result) < len(keys):
            raise WireError("a dictionary with the same key twice")
        return result

    def _int(self, tagged: list[Any], _depth: int) -> int:
        (content,) = tagged
        if not isinstance(content, bytes) or len(content) > MAX_INT_BYTES:
            raise WireError("an integer that is too long or none")
        return int.from_bytes(content, "big", signed=True)

    def _complex(self, tagged: list[Any], _depth: int) -> complex:
        real, imaginary = tagged
        return complex(float(real), float(imaginary))

    def _array(self, tagged: list[Any], _depth: int) -> np.ndarray[Any, Any]:
        name, shape, order, writeable, content = tagged
        dtype = _DTYPES[name]
        if not all(type(n) is int and 0 <= n <= MAX_FRAME for n in shape) or len(shape) > 32:
            raise WireError("an array of an impossible shape")
        if math.prod(shape) * dtype.itemsize != len(content) or order not in ("C", "F"):
            raise WireError("an array whose shape and contents do not fit")
        array = np.frombuffer(bytes(content), dtype).reshape(shape, order=order).copy(order)
        array.flags.writeable = bool(writeable)
        return array

    def _scalar(self, tagged: list[Any], _depth: int) -> np.generic:
        name, content = tagged
        (scalar,) = np.frombuffer(bytes(content), _DTYPES[name])
        return scalar  # type: ignore[no-any-return]

    def _generator(self, tagged: list[Any], depth: int) -> np.random.Generator:
        name, state = tagged
        bits = _GENERATORS[name]()
        bits.state = self.value(state, depth + 1)
        return np.random.Generator(bits)

    def _reference(self, tagged: list[Any], _depth: int) -> Any:
        number, name = tagged
        if type(number) is not int or not isinstance(name, str) or len(name) > MAX_NAME:
            raise WireError("a reference that is none")
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
