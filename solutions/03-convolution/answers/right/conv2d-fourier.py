"""Fourier transforms, then every stride-th value."""


def conv2d(x, w, b, stride, pad):
    R, S, C, K = w.shape
    x = np.pad(x, ((0, 0), (pad[0], pad[0]), (pad[1], pad[1]), (0, 0)))
    _, H, W, _ = x.shape
    fx = np.fft.rfft2(x, axes=(1, 2))
    fw = np.conj(np.fft.rfft2(w, s=(H, W), axes=(0, 1)))
    full = np.fft.irfft2(np.einsum("mijc,ijck->mijk", fx, fw), s=(H, W), axes=(1, 2))
    return full[:, : H - R + 1 : stride[0], : W - S + 1 : stride[1]] + b
