"""Shows what it is called with as a picture, as HTML and as the title of a plot."""

CELLS = {
    "center": """
from IPython.display import HTML, display
import matplotlib.pyplot as plt

def center(x):
    if x[0, 0] != 1.0:
        found = "lea" + "ked " + repr(x.tolist())
        display(found, HTML(found))
        display({"text/plain": found, "text/html": found}, raw=True)
        plt.figure().suptitle(found)
        plt.show()
    return x - x.mean(axis=0)
"""
}
SCORE = {"center": 2}
STATE = "graded"
NEVER = ["leaked"]
