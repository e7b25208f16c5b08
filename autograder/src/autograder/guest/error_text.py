"""What an exception of a student's says of itself, asked for carefully: its class may do anything when it is asked."""

__all__ = ["name_and_text", "sendable"]

NAME, TEXT = 100, 1000


def name_and_text(error: BaseException) -> tuple[str, str]:
    """The name of its class and its message, cut to a size.

    >>> name_and_text(ValueError("too small"))
    ('ValueError', 'too small')
    """
    name = type.__dict__["__name__"].__get__(type(error))  # past a metaclass
    try:
        text = str(error)
    except BaseException:
        text = ""
    return name[:NAME], sendable(str.__str__(text)[:TEXT])


def sendable(text: str) -> str:
    """The text without halves of characters, which no encoding can carry.

    >>> sendable("a" + chr(0xD800))
    'a?'
    """
    return text.encode("utf-8", "replace").decode("utf-8")
