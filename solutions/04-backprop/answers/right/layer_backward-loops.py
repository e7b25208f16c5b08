"""Index by index."""


def layer_backward(delta, F_prime, a_prev, W):
    M, N = delta.shape
    N_prev = W.shape[0]
    delta_prev = np.zeros((M, N_prev))
    dW = np.zeros((N_prev, N))
    db = np.zeros(N)
    for m in range(M):
        for i in range(N):
            g = delta[m, i] * F_prime[m, i]
            db[i] += g
            for j in range(N_prev):
                dW[j, i] += g * a_prev[m, j]
                delta_prev[m, j] += g * W[j, i]
    return delta_prev, dW, db
