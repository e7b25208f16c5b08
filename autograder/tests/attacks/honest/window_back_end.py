"""Asks matplotlib for windows, which a server does not have."""

EXTRA = {
    "slope": "import matplotlib\nmatplotlib.use('TkAgg')\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()"
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
