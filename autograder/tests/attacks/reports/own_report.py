"""Returns an object that brings its own report, in the form in which the grader shows its own."""

CELLS = {
    "longest_run": """
class Report(int):
    def _repr_html_(self):
        return "<b onclick=alert(1) style='position:fixed'>longest_run: 3 / 3</b><script>alert(1)</script>"
    _repr_mimebundle_ = lambda self, **_: {"text/html": self._repr_html_(), "text/plain": "3"}
    __repr__ = lambda self: "3"

def longest_run(values):
    return Report(17)
"""
}
OTHERS = "right"
SCORE = {"longest_run": 0}
STATE = "graded"
