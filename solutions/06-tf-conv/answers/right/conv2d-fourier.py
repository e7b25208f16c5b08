"""A product of Fourier transforms, then every stride-th value."""


def conv2d(input, filter, strides, padding, data_format, dilations):
    x = to_nhwc(input, data_format)
    n, h, w, c = (data_format.index(a) for a in "NHWC")
    if (strides[n], strides[c], dilations[n], dilations[c]) != (1, 1, 1, 1) or padding not in ("SAME", "VALID"):
        raise ValueError("cannot be used")
    R, S = (dilations[a] * (k - 1) + 1 for a, k in zip((h, w), filter.shape))
    holes = np.zeros((R, S, *filter.shape[2:]))
    holes[:: dilations[h], :: dilations[w]] = filter
    if padding == "SAME":
        x = np.pad(
            x, ((0, 0), same_padding(x.shape[1], R, strides[h], 1), same_padding(x.shape[2], S, strides[w], 1), (0, 0))
        )
    H, W = x.shape[1:3]
    fx = np.fft.rfft2(x, axes=(1, 2))
    fw = np.conj(np.fft.rfft2(holes, s=(H, W), axes=(0, 1)))
    z = np.fft.irfft2(np.einsum("mijc,ijck->mijk", fx, fw), s=(H, W), axes=(1, 2))
    return from_nhwc(z[:, : H - R + 1 : strides[h], : W - S + 1 : strides[w]], data_format)
