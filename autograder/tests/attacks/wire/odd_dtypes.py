"""Returns arrays of types that are no numbers: dates, records, bytes, nothing, complex infinities."""

CELLS = {
    "center": "def center(x):\n    return np.zeros(x.shape, dtype='M8[s]')",
    "square_loss": "def square_loss(w, x, y):\n    return np.void(b'1234'), np.zeros(3, dtype=[('a', 'O')])",
    "slope": "def slope(f, x):\n    return np.zeros(2, dtype='V0')",
    "shuffled": "def shuffled(x, rng):\n    return np.rec.fromarrays([[1], ['x']], names='shape,tolist')",
    "longest_run": "def longest_run(values):\n    return np.array('2')",
    "step": "def step(theta, gradient, eta):\n    return theta * complex('inf+nanj')",
}
SCORE = {}
STATE = "graded"
