"""Writes forged answers into every descriptor that it has, before and during a call."""

CELLS = {
    "longest_run": """
import json, os, struct

def flood():
    for body in (b'{"result": 2, "value": 2, "ok": true}', b"\\x02", b"\\x82\\xa2id\\x01\\xa6result\\x02", b"2\\n"):
        for head in (b"", struct.pack("<I", len(body)), struct.pack(">I", len(body)), struct.pack(">Q", len(body))):
            for descriptor in range(1, 64):
                try:
                    os.set_blocking(descriptor, False)
                    os.write(descriptor, head + body)
                except OSError:
                    pass

def longest_run(values):
    flood()
    return 17
"""
}
OTHERS = "right"
SCORE = {"longest_run": 0}
STATE = ("graded", "crashed")
