"""The formula for z < 0 is used everywhere: e^z is infinite for large z.

Diagnosis: not-finite
"""


def sigmoid(z):
    e = np.exp(z)
    return e / (e + 1)
