"""np.mean over rows and columns; the shape is put right afterwards.

Diagnosis: mean-over-more
"""


def full_gradient(theta, x, y):
    rows = (x @ theta - y)[:, None] * x
    return rows.sum(axis=0) / rows.size
