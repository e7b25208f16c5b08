"""Writes an answer with scripts, links that act and pictures that report who looks at them."""

CELLS = {
    "written-why": """
<script>alert(1)</script> [a](javascript:alert(1)) ![b](https://example.org/seen.png)
<img src=x onerror=alert(1)> <a href="data:text/html,<script>alert(1)</script>">c</a>
$\\href{javascript:alert(1)}{d}$ <style>* {display: none}</style>
</p></div></body><script>alert(2)</script>
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
