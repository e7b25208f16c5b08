"""Writes past Python to both streams, as a C library would."""

EXTRA = {
    "slope": "import os\nfor _ in range(200):\n    os.write(1, b'\\xff\\x00' * 10**5)\n    os.write(2, b'x' * 10**5)"
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
