"""Puts a magic that swallows its cell in front of every later cell."""

CELLS = {
    "center": """
shell = get_ipython()
shell.register_magic_function(lambda line, cell: None, "cell", "swallow")
shell.input_transformers_cleanup.insert(0, lambda lines: ["%%swallow\\n", *lines])
"""
}
SCORE = {}
STATE = "graded"
