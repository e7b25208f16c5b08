"""The language of reports, and the catalogue that translates them."""

import ast
import gettext
import json
import os
from functools import cache
from importlib import resources
from pathlib import Path

__all__ = ["LANGUAGES", "bilingual", "catalogue", "language", "read_po"]

LANGUAGES = ("en", "zh")


def language() -> str:
    """Language of the reports: "en" or "zh".

    In this order: the environment variable CHAINRULE_LANGUAGE; `chainrule.language` in the metadata of the notebook
    that the kernel runs for (Jupyter names it in JPY_SESSION_NAME); a folder `zh` on the way to the working directory;
    "en".

    >>> language() in LANGUAGES
    True
    """
    for candidate in (os.environ.get("CHAINRULE_LANGUAGE"), _of_notebook(os.environ.get("JPY_SESSION_NAME"))):
        if candidate and candidate.lower()[:2] in LANGUAGES:
            return candidate.lower()[:2]
    return "zh" if "zh" in Path.cwd().parts else "en"


def bilingual(text: str, lang: str) -> str:
    """One half of a text written as "English | 中文"; the whole of a text without the bar.

    >>> bilingual("two classes | 两类", "zh")
    '两类'
    """
    english, bar, chinese = text.partition(" | ")
    return chinese.strip() if bar and lang == "zh" else english.strip()


@cache
def catalogue(lang: str) -> gettext.NullTranslations:
    """Translations of the messages of this package; English is the text itself."""
    if lang == "en":
        return gettext.NullTranslations()
    source = resources.files("chainrule.check").joinpath("locale", f"{lang}.po").read_text(encoding="utf-8-sig")
    return _Catalogue(read_po(source))


def read_po(source: str) -> dict[str, str]:
    r"""Messages of a gettext .po file, without plural forms and contexts, which this package does not use.

    Reading the text itself saves a compiled copy that can go stale.

    >>> read_po('msgid "sign"\nmsgstr "符号"')
    {'sign': '符号'}
    """
    messages: dict[str, str] = {}
    parts = {"msgid": "", "msgstr": ""}
    current = ""
    for line in [*source.splitlines(), 'msgid ""']:
        keyword, _, rest = line.partition(" ")
        if keyword == "msgid":
            messages[parts["msgid"]] = parts["msgstr"]
            parts = {"msgid": "", "msgstr": ""}
        if keyword in parts:
            current, line = keyword, rest
        if line.startswith('"'):
            parts[current] += ast.literal_eval(line)
    return {key: text for key, text in messages.items() if key and text}


class _Catalogue(gettext.NullTranslations):
    """A dictionary behind gettext's interface."""

    def __init__(self, messages: dict[str, str]) -> None:
        super().__init__()
        self._messages = messages

    def gettext(self, message: str) -> str:
        return self._messages.get(message, message)


def _of_notebook(path: str | None) -> str | None:
    if not path:
        return None
    try:
        # utf-8-sig: some editors on Windows put a byte order mark in front, which JSON does not allow
        metadata = json.loads(Path(path).read_text(encoding="utf-8-sig"))["metadata"]
        lang = metadata.get("chainrule", {}).get("language")
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None
    return lang if isinstance(lang, str) else None
