"""Uses names that the tests use, too, for things of its own."""

EXTRA = {
    "test-center": "sheet = 'a sheet of paper'\nSheet = None\npoints = [1, 2, 3]\nrows, drawn, theta, again = range(4)",
    "slope": "sum = 0\nlist = [1, 2]\nid = 7\nfloat32 = np.float32",
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
