"""Three loops."""


def layer_forward(a_prev, W, b):
    M, N = len(a_prev), len(b)
    z = np.zeros((M, N))
    for m in range(M):
        for i in range(N):
            total = b[i]
            for j in range(len(W)):
                total += a_prev[m, j] * W[j, i]
            z[m, i] = total
    return z
