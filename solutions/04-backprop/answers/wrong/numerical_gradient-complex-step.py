"""The complex step, which most functions here do not survive.

Diagnosis: all-zero
"""


def numerical_gradient(f, x, h):
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape, dtype=complex)
        e[i] = 1j * h
        g[i] = np.imag(f(x + e)) / h
    return g
