"""Damaged messages and damaged submissions for some minutes: each is a value, a notebook, or refused with a reason.

    python fuzz_grading.py [MINUTES] [SEED]

Starts from well-formed ones and changes bytes, cuts, repeats and splices them. Anything but a WireError or a
SubmissionError is a finding: its input is written to build/fuzz and the command ends with status 1.
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import numpy as np
from autograder.errors import SubmissionError
from autograder.grading.submission import canonicalise, read_submission
from autograder.guest.codec import Codec, WireError

FINDINGS = Path("build/fuzz")
CODEC = Codec()
VALUES = [
    None, True, -1, 2**70, 1.5, 2j, "text", b"bytes", [1, (2.0, [None])], {"a": {"b": (1,)}, 3: "c"},
    np.arange(6.0).reshape(2, 3), np.asfortranarray(np.ones((2, 2), np.float32)), np.zeros((0, 3), int), np.float32(1),
    np.random.default_rng(1), np.arange(20.0).reshape(4, 5)[::-1, ::2],
    ["Returned", {"W": np.ones(3)}, None, "printed"], ["Raised", "ValueError", "text", ""],
]  # fmt: skip


def notebook() -> nbformat.NotebookNode:
    """A small release: a solution cell, a test, an answer, prose."""
    made = nbformat.v4.new_notebook(metadata={"chainrule": {"language": "zh"}})
    settings = {"grade": False, "grade_id": "f", "locked": False, "schema_version": 3, "solution": True, "task": False}
    test = settings | {"grade": True, "grade_id": "test-f", "locked": True, "points": 2, "solution": False}
    made.cells = [
        nbformat.v4.new_markdown_cell("# Title", id="prose"),
        nbformat.v4.new_code_cell("def f(x):\n    return x", id="f", metadata={"nbgrader": settings}),
        nbformat.v4.new_code_cell("f(1)", id="test-f", metadata={"nbgrader": test}),
        nbformat.v4.new_code_cell("print(1)", id="plain"),
    ]
    return made


def damaged(data: bytes, others: list[bytes], rng: random.Random) -> bytes:
    """The same with some bytes changed, cut out, repeated, or with a piece of another one in it."""
    text = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        place, length = rng.randrange(len(text) + 1), rng.randint(0, 12)
        piece = rng.choice((b"", rng.randbytes(length), bytes(text[place : place + length]) * 2, rng.choice(others)))
        text[place : place + rng.choice((0, length))] = piece
    return bytes(text)


def try_wire(data: bytes) -> None:
    """What arrives can be sent on, or was refused."""
    CODEC.pack(CODEC.unpack(data))


def try_submission(data: bytes) -> None:
    """What was handed in becomes a notebook that can be written, or was refused."""
    with tempfile.NamedTemporaryFile(suffix=".ipynb") as file:
        file.write(data)
        file.flush()
        nbformat.writes(canonicalise(read_submission(Path(file.name)), notebook()))


def fuzz(minutes: float, seed: int) -> int:
    """Returns the number of inputs that were tried."""
    rng, tried = random.Random(seed), 0
    frames = [CODEC.pack(value) for value in VALUES]
    whole = nbformat.writes(notebook()).encode()
    files = [whole, *(json.dumps(cell).encode() for cell in json.loads(whole)["cells"])]
    kinds: list[tuple[Callable[[bytes], None], list[bytes]]] = [(try_wire, frames), (try_submission, files)]
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        for attempt, seeds in kinds:
            data = damaged(rng.choice(seeds) if attempt is try_wire else whole, seeds, rng)
            try:
                attempt(data)
            except (WireError, SubmissionError):
                pass
            except BaseException:
                FINDINGS.mkdir(parents=True, exist_ok=True)
                path = FINDINGS / f"{attempt.__name__}-{tried}"
                path.write_bytes(data)
                print(f"finding: {path}", file=sys.stderr)
                raise
            tried += 1
    return tried


if __name__ == "__main__":
    minutes, seed = [*sys.argv[1:], "20", "1"][:2] if len(sys.argv) < 2 else [*sys.argv[1:3], "1"][:2]
    print(f"{fuzz(float(minutes), int(seed))} inputs, nothing but values and refusals")
