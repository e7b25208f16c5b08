"""Puts HTML into every name in the file: kernel, language, authors, title, tags, cell ids, attachments."""

OTHERS = "right"
SCORE = {}
STATE = "graded"


def change(notebook):
    script = "<script>alert(1)</script>"
    notebook["metadata"] |= {"title": script, "authors": [{"name": script}], script: script}
    notebook["metadata"]["kernelspec"] = {"name": script, "display_name": script}
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"]["tags"] = [script]
        cell["metadata"]["name"] = script
        cell["attachments"] = {script: {"image/svg+xml": script}}
        if "nbgrader" not in cell["metadata"]:
            cell["id"] = f"{script}{number}"
