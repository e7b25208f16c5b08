"""Seeds numpy's old global generator, and draws from it."""

EXTRA = {"center": "np.random.seed(0)\nnoise = np.random.randn(3)\nimport random\nrandom.seed(1)"}
OTHERS = "right"
SCORE = {}
STATE = "graded"
