"""Leaves graded notebooks, feedback and cached results of its own making."""

EXTRA = {
    "center": """
import pathlib

for folder in ("autograded", "feedback", ".executed", "submitted"):
    place = pathlib.Path("@COURSE@", folder, "forging-write-results", "02-target")
    place.mkdir(parents=True, exist_ok=True)
    (place / "target.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
"""
}
SCORE = {}
STATE = "graded"
