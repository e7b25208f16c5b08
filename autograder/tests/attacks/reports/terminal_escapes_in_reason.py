"""Gets control characters into the sentence that `autograder grade` prints about it."""

OTHERS = "right"
SCORE = "nothing"
STATE = "unreadable"


def change(notebook):
    for cell in notebook["cells"][-2:]:
        cell["metadata"]["nbgrader"] = {"grade_id": "\x1b[2J\x1b]0;title\x07\r\n\u202e[bold red]full marks[/]"}
