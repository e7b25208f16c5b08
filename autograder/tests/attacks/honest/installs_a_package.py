"""Installs a package first, as its own machine needed; there is no network here."""

EXTRA = {"center": "%pip install --quiet numpy\n!pip --version"}
OTHERS = "right"
SCORE = {}
STATE = "graded"
