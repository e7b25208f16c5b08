"""Index arrays."""


def im2col(x, R, S, stride):
    M, H, W, C = x.shape
    tops = np.arange(0, H - R + 1, stride[0])[:, None, None, None] + np.arange(R)[:, None]
    lefts = np.arange(0, W - S + 1, stride[1])[None, :, None, None] + np.arange(S)[None, :]
    return np.concatenate([image[tops, lefts].reshape(-1, R * S * C) for image in x])
