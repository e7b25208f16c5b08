"""Displays Markdown and LaTeX that would act once they are rendered."""

EXTRA = {
    "center": """
from IPython.display import Latex, Markdown, display
display(Markdown("[a](javascript:alert(1)) <script>alert(1)</script> ![b](https://example.org/seen.png)"))
display(Latex("$\\\\href{javascript:alert(1)}{x}$ \\\\input{/etc/passwd}"))
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
