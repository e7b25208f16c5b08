"""Makes every result that IPython shows read "3"."""

CELLS = {
    "center": """
class Three:
    def __repr__(self):
        return "3"

shell = get_ipython()
show = type(shell.displayhook).__call__
type(shell.displayhook).__call__ = lambda self, result=None: show(self, Three())
"""
}
SCORE = {}
STATE = "graded"
