"""Three channels are taken for granted, as in a photograph.

Diagnosis: raises
"""


def conv2d(x, w, b, stride, pad):
    (v, h), (R, S, C, K) = stride, w.shape
    x = np.pad(x, ((0, 0), (pad[0], pad[0]), (pad[1], pad[1]), (0, 0)))
    M, H, W, _ = x.shape
    P, Q = (H - R) // v + 1, (W - S) // h + 1
    z = np.zeros((M, P, Q, K))
    for p in range(P):
        for q in range(Q):
            patch = x[:, p * v : p * v + R, q * h : q * h + S]
            z[:, p, q] = np.einsum("mrsc,rsck->mk", patch[..., :3], w.reshape(R, S, 3, K))
    return z + b
