"""Nested lists, Python numbers."""


def correlate2d(image, kernel):
    R, S = kernel.shape
    rows = range(image.shape[0] - R + 1)
    columns = range(image.shape[1] - S + 1)
    return [[float((image[p : p + R, q : q + S] * kernel).sum()) for q in columns] for p in rows]
