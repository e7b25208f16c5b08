"""Name and text of exceptions that lie when asked, against the true name of their class and a text that can be sent."""

import pytest
from autograder.guest.error_text import name_and_text, sendable


class Renamed(type):
    """A metaclass that gives its classes another name."""

    __name__ = property(lambda _: "ValueError")  # type: ignore[assignment]


class Text(str):
    def __getitem__(self, _: object) -> str:
        raise RuntimeError

    def encode(self, *_: object) -> bytes:
        raise RuntimeError


def raising(error: BaseException) -> object:
    def method(*_: object) -> str:
        raise error

    return method


def saying(text: object) -> BaseException:
    return type("Odd", (Exception,), {"__str__": lambda _: text})()


ERRORS = {
    "an honest one": (ValueError("too small"), ("ValueError", "too small")),
    "a metaclass that renames": (Renamed("Odd", (Exception,), {})("a"), ("Odd", "a")),
    "a text that raises": (type("Odd", (Exception,), {"__str__": raising(KeyError())})(), ("Odd", "")),
    "a text that leaves": (type("Odd", (Exception,), {"__str__": raising(SystemExit())})(), ("Odd", "")),
    "a text that is a number": (saying(3), ("Odd", "")),
    "a text with methods of its own": (saying(Text("a")), ("Odd", "a")),
    "half a character": (saying("a\ud800"), ("Odd", "a?")),
    "a long name and a long text": (type("N" * 500, (Exception,), {})("t" * 5000), ("N" * 100, "t" * 1000)),
}


@pytest.mark.parametrize("case", ERRORS)
def test_an_error_says_its_name_and_a_text_that_can_be_sent(case: str) -> None:
    error, expected = ERRORS[case]
    assert name_and_text(error) == expected
    assert [type(part) for part in name_and_text(error)] == [str, str]


def test_other_characters_are_left_alone() -> None:
    assert sendable("σ 数 \U0001f600 \x00") == "σ 数 \U0001f600 \x00"
