"""The shape of y is changed in place.

Diagnosis: argument-changed
"""


def transposed_conv2d(y, w, stride):
    (M, P, Q, K), (R, S, C, _), (v, h) = y.shape, w.shape, stride
    y.shape = (M * P * Q, K)
    columns = (y @ w.reshape(-1, K).T).reshape(M, P, Q, R, S, C)
    x = np.zeros((M, (P - 1) * v + R, (Q - 1) * h + S, C))
    for p, q in np.ndindex(P, Q):
        x[:, p * v : p * v + R, q * h : q * h + S] += columns[:, p, q]
    return x
