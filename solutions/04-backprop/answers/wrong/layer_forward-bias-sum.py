"""All biases go to every neuron.

Diagnosis: biases-added-up
"""


def layer_forward(a_prev, W, b):
    return a_prev @ W + np.sum(b)
