"""einsum."""


def layer_backward(delta, F_prime, a_prev, W):
    return (
        np.einsum("mj,mj,ij->mi", delta, F_prime, W),
        np.einsum("mi,mi,mj->ji", delta, F_prime, a_prev),
        np.einsum("mi,mi->i", delta, F_prime),
    )
