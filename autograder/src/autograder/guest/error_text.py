"""Name and text of an exception that student code raised. Its class may do anything when it is asked for them."""

__all__ = ["name_and_text", "sendable"]

MAX_NAME, MAX_TEXT = 100, 1000
"""Characters kept of a class's name and of a message."""


def name_and_text(error: BaseException) -> tuple[str, str]:
    """The name of an error's class and its message, both cut to a size.

    >>> name_and_text(ValueError("too small"))
    ('ValueError', 'too small')
    """
    # `type(error).__name__` would ask the student's metaclass first.
    name = type.__dict__["__name__"].__get__(type(error))
    try:
        text = str(error)
    except BaseException:  # its `__str__` may raise anything, SystemExit included
        text = ""
    # `str(error)` may be an instance of a subclass of str; `str.__str__` makes it one of str.
    return name[:MAX_NAME], sendable(str.__str__(text)[:MAX_TEXT])


def sendable(text: str) -> str:
    """The text with "?" in place of lone surrogates, which UTF-8 cannot encode.

    >>> sendable("a" + chr(0xD800))
    'a?'
    """
    return text.encode("utf-8", "replace").decode("utf-8")
