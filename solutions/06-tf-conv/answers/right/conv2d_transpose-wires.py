"""The rule of 6.6, read backwards."""


def conv2d_transpose(input, filter, output_shape, strides, padding):
    if list(conv_output_shape(output_shape, filter.shape, strides, padding, "NHWC")) != list(input.shape):
        raise ValueError("output_shape")
    rows = np.asarray(shared_weights(output_shape[1], filter.shape[0], strides[1], padding))
    columns = np.asarray(shared_weights(output_shape[2], filter.shape[1], strides[2], padding))
    vertical = (rows[:, :, None] == np.arange(filter.shape[0])).astype(float)
    horizontal = (columns[:, :, None] == np.arange(filter.shape[1])).astype(float)
    return np.einsum("mpqk,hpr,wqs,rsck->mhwc", input, vertical, horizontal, filter)
