"""Two matrices of equal weights and einsum."""


def weights(n, k, s):
    matrix = np.zeros(((n - k) // s + 1, n))
    for row in range(len(matrix)):
        matrix[row, row * s : row * s + k] = 1 / k
    return matrix


def average_pool(x, size, stride):
    down, across = weights(x.shape[1], size[0], stride[0]), weights(x.shape[2], size[1], stride[1])
    return np.einsum("ph,qw,mhwc->mpqc", down, across, x)
