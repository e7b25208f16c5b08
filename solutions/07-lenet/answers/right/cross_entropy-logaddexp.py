"""logaddexp does the shift."""


def cross_entropy(z, y):
    total = np.logaddexp.reduce(z, axis=1)
    loss = np.mean([total[m] - z[m, k] for m, k in enumerate(y)])
    dz = np.exp(z - total[:, None])
    np.subtract.at(dz, (range(len(y)), y), 1)
    return loss, dz / len(y)
