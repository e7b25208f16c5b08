"""With zero_pad, output_size and correlate2d of the exercises before."""


def conv2d(x, w, b, stride, pad):
    R, S, C, K = w.shape
    P = output_size(x.shape[1], R, stride[0], pad[0], 1)
    Q = output_size(x.shape[2], S, stride[1], pad[1], 1)
    x = zero_pad(x, pad[0], pad[1])
    z = np.zeros((len(x), P, Q, K))
    for m in range(len(x)):
        for k in range(K):
            dense = sum(np.asarray(correlate2d(x[m, :, :, c], w[:, :, c, k])) for c in range(C))
            z[m, :, :, k] = dense[:: stride[0], :: stride[1]] + b[k]
    return z
