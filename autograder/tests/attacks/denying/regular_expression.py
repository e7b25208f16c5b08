"""Matches a regular expression that takes longer than the term."""

CELLS = {"slope": "import re\ndef slope(f, x):\n    return re.match('(a|aa)+$', 'a' * 99 + 'b')"}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "time limit"
