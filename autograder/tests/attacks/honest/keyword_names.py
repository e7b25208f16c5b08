"""Takes any arguments and passes them on."""

CELLS = {
    "step": """
def step(*args, **kwargs):
    names = dict(zip(("theta", "gradient", "eta"), args)) | kwargs
    return names["theta"] - names["eta"] * names["gradient"]
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
