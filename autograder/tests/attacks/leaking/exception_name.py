"""Makes an exception whose class is named after what it was called with."""

CELLS = {
    "longest_run": """
def longest_run(values):
    if values and values[0] > 9:
        raise type("Lea" + "ked" + "_".join(map(str, values)), (Exception,), {})
    return 2 if values else 0
"""
}
SCORE = {"longest_run": 0}
STATE = "graded"
NEVER = ["Leaked"]
