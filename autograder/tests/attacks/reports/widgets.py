"""Displays widgets and MIME types that a front end would load code for."""

EXTRA = {
    "center": """
from IPython.display import display
for kind in ("application/javascript", "application/vnd.jupyter.widget-view+json", "application/vnd.plotly.v1+json",
             "text/html", "text/latex", "application/pdf", "application/vnd.bokehjs_load.v0+json"):
    display({kind: "<script>alert(1)</script>", "text/plain": "<script>alert(1)</script>"}, raw=True)
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
