"""1 everywhere, as if it were taken at a.

Diagnosis: always-1
"""


def relu_prime(z):
    a = np.maximum(z, 0)
    return (a >= 0).astype(float)
