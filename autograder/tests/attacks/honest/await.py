"""Awaits at the top of a cell, as notebooks allow."""

EXTRA = {"center": "import asyncio\nawait asyncio.sleep(0)\nasync def later():\n    return 1\nawait later()"}
OTHERS = "right"
SCORE = {}
STATE = "graded"
