"""Has code that ends the place where code is shown."""

CELLS = {
    "center": """
# </pre></code></div></body><script>alert(1)</script>
def center(x):
    "<img src=x onerror=alert(1)>"
    return x - x.mean(axis=0)
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
