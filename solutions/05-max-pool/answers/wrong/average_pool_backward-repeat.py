"""np.repeat, as if the windows tiled the image.

Diagnosis: shape
"""


def average_pool_backward(delta, x_shape, size, stride):
    spread = delta.repeat(size[0], axis=1).repeat(size[1], axis=2)
    return spread / (size[0] * size[1])
