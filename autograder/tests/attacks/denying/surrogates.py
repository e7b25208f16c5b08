"""Has half a character in its sources and names, which no file system and no database can take."""

CELLS = {
    "written-why": "half a character: \ud800",
    "center": "def center(x):\n    '\ud800'\n    return x - x.mean(axis=0)",
}
SCORE = "nothing"
STATE = "unreadable"
