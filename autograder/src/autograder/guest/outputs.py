"""Outputs in the notebook format: what a worker says of its cells, as far as it is well-formed, and errors."""

from collections.abc import Iterator
from typing import Any

__all__ = ["error_output", "sanitised"]


def error_output(name: str, sentence: str) -> dict[str, Any]:
    """An error without a traceback, which would quote a test."""
    line = f"{name}: {sentence}" if sentence else name
    return {"output_type": "error", "ename": name, "evalue": sentence, "traceback": [line]}


def sanitised(outputs: Any, limit: int) -> Iterator[dict[str, Any]]:
    """Of what a worker calls a cell's outputs, what is well-formed, up to about `limit` letters."""
    left = 4 * limit  # the worker's own limit counts letters, and a hostile one counts nothing
    for output in outputs if isinstance(outputs, list) else []:
        made = _output(output) if isinstance(output, dict) else None
        if made is not None:
            left -= len(str(made))
            if left < 0:
                return
            yield made


def _output(output: dict[Any, Any]) -> dict[str, Any] | None:
    kind = output.get("output_type")
    texts: dict[str, str] = {
        key: text for key, text in output.items() if isinstance(key, str) and isinstance(text, str)
    }
    if kind == "stream" and "text" in texts:
        name = "stderr" if texts.get("name") == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": texts["text"]}
    if kind == "error" and {"ename", "evalue"} <= texts.keys():
        return error_output(texts["ename"][:100], texts["evalue"][:1000])
    shown: Any = output.get("data")
    if kind in ("display_data", "execute_result") and isinstance(shown, dict):
        data = {mime: shown.get(mime) for mime in ("text/plain", "image/png")}
        kept = {mime: text for mime, text in data.items() if isinstance(text, str)}
        return {"output_type": "display_data", "data": kept, "metadata": {}} if kept else None
    return None
