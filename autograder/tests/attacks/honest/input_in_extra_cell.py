"""Asks for a name at the beginning."""

EXTRA = {"center": "name = input('Your name? ')\nprint('Hello', name)"}
OTHERS = "right"
SCORE = {}
STATE = "graded"
