"""Has left a breakpoint in."""

CELLS = {"center": "def center(x):\n    if x.ndim > 2:\n        breakpoint()\n    return x - x.mean(axis=0)"}
EXTRA = {"slope": "%pdb off\nimport pdb"}
OTHERS = "right"
SCORE = {}
STATE = "graded"
