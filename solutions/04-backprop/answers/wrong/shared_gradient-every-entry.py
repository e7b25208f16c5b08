"""Every weight gets the sum over everything.

Diagnosis: "shared_gradient"
"""


def shared_gradient(dW, R, S, height, width):
    return np.full((R, S), dW.sum())
