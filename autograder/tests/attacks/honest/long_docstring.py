"""Explains itself at length, and keeps its first attempts as comments."""

CELLS = {
    "center": 'def center(x):\n    """' + "The mean is subtracted. 减去均值。\n" * 2000 + '"""\n'
    "    return x - x.mean(axis=0)\n" + "# first attempt: return x\n" * 500
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
