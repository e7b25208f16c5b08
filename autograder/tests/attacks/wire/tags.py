"""Returns dictionaries, tuples and texts that look like the codec's own marks for arrays, errors and handles."""

CELLS = {
    "square_loss": """
def square_loss(w, x, y):
    return (
        {"__ndarray__": True, "dtype": "O", "shape": [-1], "data": b""},
        {"error": None, "type": "ndarray", "__class__": "ndarray", "nd": True, "ext": 1},
    )
""",
    "longest_run": """
def longest_run(values):
    return ["array", "<f8", [1, 1], b"\\x00" * 8]
""",
}
OTHERS = "right"
SCORE = {"square_loss": 0, "longest_run": 0}
STATE = "graded"
