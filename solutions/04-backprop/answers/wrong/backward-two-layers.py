"""Two layers are built in.

Diagnosis: raises
"""


def backward(x, params, states, delta):
    (W1, b1), (W2, b2) = params
    (z1, a1), (z2, a2) = states
    delta1 = delta @ W2.T * relu_prime(z1)
    return [(x.T @ delta1, delta1.sum(axis=0)), (a1.T @ delta, delta.sum(axis=0))]
