"""Displays HTML with scripts, handlers, frames and forms."""

EXTRA = {
    "center": """
from IPython.display import HTML, Javascript, IFrame, display
display(HTML("<script>alert(1)</script><img src=x onerror=alert(1)><iframe src='//example.org'></iframe>"))
display(HTML("<form action='//example.org'><input autofocus onfocus=alert(1)></form><base href='//example.org'>"))
display(Javascript("alert(1)"), IFrame("https://example.org", 10, 10))
print("<script>alert(1)</script></pre></body><script>alert(2)</script>")
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
