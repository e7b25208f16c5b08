"""Displays an SVG picture with a script, and a PNG that is one in name only."""

EXTRA = {
    "center": """
import base64
from IPython.display import SVG, display
display(SVG('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'))
display({"image/svg+xml": "<svg onload=alert(1)>", "image/png": "x' onerror='alert(1)"}, raw=True)
display({"image/png": base64.b64encode(b"\\x89PNG\\r\\n\\x1a\\n<script>alert(1)</script>").decode()}, raw=True)
display({"image/jpeg": base64.b64encode(b"<svg onload=alert(1)>").decode()}, raw=True)
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
