"""tanh runs from -1 to 1.

Diagnosis: tanh-for-sigmoid
"""


def sigmoid(z):
    return np.tanh(z)
