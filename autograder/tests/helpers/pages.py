"""Whether a page can act, read as a browser would read it."""

from html.parser import HTMLParser

__all__ = ["what_acts"]

TAGS = {
    *(
        "script",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "base",
        "link",
        "form",
        "input",
        "button",
        "svg",
        "math",
    )
}
"""None of these has a place on a page that only tells."""
ADDRESSES = {"href", "src", "srcset", "action", "formaction", "data", "poster", "background", "xlink:href", "ping"}


class _Reader(HTMLParser):
    def __init__(self, allowed: frozenset[str]) -> None:
        super().__init__()
        self.found: list[str] = []
        self._allowed = allowed

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in TAGS - self._allowed:
            self.found.append(f"<{tag}>")
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            self.found.append("<meta refresh>")
        for name, value in values.items():
            if name.startswith("on"):
                self.found.append(f"{name}={value}")
            if name in ADDRESSES and not self._stays_here(value):
                self.found.append(f"{name}={value}")
            if name == "style" and any(word in value.lower() for word in ("position", "url(", "expression", "z-index")):
                self.found.append(f"style={value}")

    def _stays_here(self, address: str) -> bool:
        if address.startswith(("#", "data:image/png;base64,")):
            return True
        drawn = "drawings" in self._allowed and address.startswith("data:image/svg+xml;base64,")
        near = "links" in self._allowed and not address.startswith(("/", "\\")) and ":" not in address
        return drawn or near


def what_acts(page: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    """Elements, handlers and addresses that could do something, control characters, and a missing policy.

    Args:
        page: HTML.
        allowed: what belongs to this page: tags, "links" to pages near it, "drawings" of ours, as SVG in pictures.
    """
    reader = _Reader(allowed)
    reader.feed(page)
    reader.close()
    controls = sorted({hex(ord(letter)) for letter in page if ord(letter) < 32 and letter not in "\n\t"})
    controls += sorted({hex(ord(letter)) for letter in page if letter in "\x7f\x9b\u202e"})
    policy = [] if "default-src 'none'" in page else ["no policy"]
    return reader.found + controls + policy
