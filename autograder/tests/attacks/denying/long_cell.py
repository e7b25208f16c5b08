"""Hands in one cell of many megabytes."""

EXTRA = {"slope": "#" * 5_000_000}
OTHERS = "right"
SCORE = "nothing"
STATE = "unreadable"
