"""1 / Σ_j e^(z_j - z_k), pair by pair; overflow to infinity gives the right 0."""


def softmax(z):
    return 1.0 / np.exp(z[:, None, :] - z[:, :, None]).sum(axis=2)
