"""Outputs in the notebook format: what a worker sends, made safe to keep, and errors that the grader adds."""

from collections.abc import Iterator
from typing import Any

from .messages import Output

__all__ = ["error_output", "sanitised"]


def error_output(name: str, sentence: str) -> Output:
    """An error output. Its traceback is the error's own line, because a real one would quote the test."""
    line = f"{name}: {sentence}" if sentence else name
    return {"output_type": "error", "ename": name, "evalue": sentence, "traceback": [line]}


def sanitised(outputs: Any, limit: int) -> Iterator[Output]:
    """Outputs of a cell, rebuilt from what a worker sends.

    Args:
        outputs: anything; what is not a well-formed output is left out.
        limit: characters that an honest worker keeps.
    """
    # An honest worker has counted characters of text. Here whole outputs are counted, escapes and keys included,
    # so the limit is a looser one: it is there for a hostile worker, which counts nothing.
    left = 4 * limit
    for sent in outputs if isinstance(outputs, list) else []:
        output = _rebuilt(sent) if isinstance(sent, dict) else None
        if output is not None:
            left -= len(str(output))
            if left < 0:
                return
            yield output


def _rebuilt(output: dict[Any, Any]) -> Output | None:
    """A new output with the known keys of this one and no others; None if it is none."""
    kind = output.get("output_type")
    texts: dict[str, str] = {
        key: text for key, text in output.items() if isinstance(key, str) and isinstance(text, str)
    }
    if kind == "stream" and "text" in texts:
        name = "stderr" if texts.get("name") == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": texts["text"]}
    if kind == "error" and {"ename", "evalue"} <= texts.keys():
        # The sizes to which `error_text` cuts in an honest worker.
        return error_output(texts["ename"][:100], texts["evalue"][:1000])
    shown: Any = output.get("data")
    if kind in ("display_data", "execute_result") and isinstance(shown, dict):
        # No HTML, SVG or JavaScript: what is kept will be shown in the instructor's browser.
        data = {mime: shown.get(mime) for mime in ("text/plain", "image/png")}
        kept = {mime: text for mime, text in data.items() if isinstance(text, str)}
        return {"output_type": "display_data", "data": kept, "metadata": {}} if kept else None
    return None
