"""Claims to be written in another language, for another kernel, from another folder."""

OTHERS = "right"
SCORE = {}
STATE = "graded"


def change(notebook):
    notebook["metadata"] |= {
        "kernelspec": {"name": "bash", "display_name": "../../bin/sh", "language": "bash"},
        "language_info": {"name": "bash", "file_extension": "/../../x"},
        "chainrule": {"language": "../../../source"},
    }
