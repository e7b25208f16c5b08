"""Uses IPython's magics and the shell."""

EXTRA = {
    "center": """
%matplotlib inline
%timeit -n 1 -r 1 sum(range(10))
%time sum(range(10))
!echo hello
files = !ls
%precision 3
""",
    "square_loss": "%%time\nx = 1",
    "slope": "%load_ext autoreload\n%autoreload 2",
    "step": "%whos\n?print",
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
