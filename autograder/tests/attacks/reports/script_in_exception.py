"""Raises exceptions whose name and message are HTML."""

CELLS = {
    "center": """
def center(x):
    raise type("<script>alert(1)</script>", (Exception,), {})("<img src=x onerror=alert(1)>")
""",
    "longest_run": """
def longest_run(values):
    raise type("<script>alert(1)</script>", (Exception,), {})("</pre><script>alert(1)</script>")
""",
}
OTHERS = "right"
SCORE = {"center": 0, "longest_run": 0}
STATE = "graded"
