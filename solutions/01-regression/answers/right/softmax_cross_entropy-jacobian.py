"""The whole Jacobian of the softmax of each row."""


def softmax_cross_entropy(z, y):
    M, K = z.shape
    a = softmax(z)
    loss, dz = 0.0, np.zeros((M, K))
    for m in range(M):
        k = int(np.argmax(y[m]))
        top = z[m].max()
        loss += (np.log(np.exp(z[m] - top).sum()) + top - z[m, k]) / M
        jacobian = np.diag(a[m]) - np.outer(a[m], a[m])
        # -d ln a_k / dz = -jacobian[k] / a_k, written without the division
        dz[m] = (a[m] - np.eye(K)[k]) / M if a[m, k] < 1e-12 else -jacobian[k] / a[m, k] / M
    return loss, dz
