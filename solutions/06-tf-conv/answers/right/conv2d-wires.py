"""As the notes write it: the full matrix W_ji, one axis after the other."""


def conv2d(input, filter, strides, padding, data_format, dilations):
    place = {a: i for i, a in enumerate(data_format)}
    shape = conv_output_shape(
        input.shape,
        tuple(d * (k - 1) + 1 for d, k in zip((dilations[place["H"]], dilations[place["W"]]), filter.shape))
        + filter.shape[2:],
        strides,
        padding,
        data_format,
    )
    assert dilations[place["N"]] == 1 and dilations[place["C"]] == 1

    def wires(axis, k):
        n, P, s, d = input.shape[place[axis]], shape[place[axis]], strides[place[axis]], dilations[place[axis]]
        before = same_padding(n, k, s, d)[0] if padding == "SAME" else 0
        j, i, r = np.ogrid[:n, :P, :k]
        return (j == i * s + r * d - before).astype(float)

    x = to_nhwc(input, data_format)
    z = np.einsum("mhwc,hpr,wqs,rsck->mpqk", x, wires("H", filter.shape[0]), wires("W", filter.shape[1]), filter)
    return from_nhwc(z, data_format)
