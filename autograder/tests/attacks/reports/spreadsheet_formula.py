"""Gets text into the reason that stands in the instructor's table, and has it begin like a formula."""

OTHERS = "right"
SCORE = "nothing"
STATE = "unreadable"


_formula = '=HYPERLINK("//example.org","open")\t+1;@SUM(A1)\r=1'


def change(notebook):
    settings = {"grade": False, "locked": False, "solution": True, "schema_version": 3, "cell_type": "code"}
    for number in range(2):
        notebook["cells"].append(
            {
                "cell_type": "code",
                "id": f"formula-{number}",
                "metadata": {"nbgrader": settings | {"grade_id": _formula}},
                "outputs": [],
                "execution_count": None,
                "source": "",
            }
        )
