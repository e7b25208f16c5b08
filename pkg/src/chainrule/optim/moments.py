"""The family of Adam: running means of the gradient and of its size, both corrected for starting at zero.

Pure functions like those of `chainrule.optim.steps`. t counts the steps taken: 0 goes into the first one, 1 comes out.
"""

import numpy as np

from chainrule.optim.steps import Array, check, counted, numbers

__all__ = ["adam_step", "adamax_step", "nadam_step"]


def adam_step(
    theta: Array,
    m: Array,
    v: Array,
    t: int,
    grad: Array,
    lr: float = 1e-3,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> tuple[Array, Array, Array, int]:
    """m ← β₁ m + (1 − β₁) ∇ and v ← β₂ v + (1 − β₂) ∇², then θ ← θ − η m̂ / (√v̂ + ε).

    m̂ = m / (1 − β₁^t) and v̂ = v / (1 − β₂^t) undo the pull of the zeros at the start; they are not stored.

    Args:
        theta: any shape, float32 or float64.
        m: like theta, running mean of ∇; zeros at the start.
        v: like theta, running mean of ∇²; zeros at the start.
        t: steps taken so far.
        grad: like theta.
        lr: η.
        beta1: β₁.
        beta2: β₂.
        eps: ε, outside the root.

    Returns:
        θ, m and v, new arrays like theta, and t + 1.

    Raises:
        ShapeError: the arrays differ in shape.
        DTypeError: integers, or two kinds of float.
        ParameterError: a setting is not one real number, or t no count.

    Source: Kingma & Ba (2015), Adam, algorithm 1.

    >>> zero = np.zeros(1)
    >>> theta, m, v, t = adam_step(zero, zero, zero, 0, np.array([-5.0]), lr=0.1)
    >>> theta.round(6), m.round(6), v.round(6), t
    (array([0.1]), array([-0.5]), array([0.025]), 1)
    """
    check(theta, m=m, v=v, grad=grad)
    lr, beta1, beta2, eps = numbers(lr=lr, beta1=beta1, beta2=beta2, eps=eps)
    t = counted(t)
    m = np.asarray(beta1 * m + (1 - beta1) * grad)
    v = np.asarray(beta2 * v + (1 - beta2) * grad * grad)
    size = np.sqrt(v / (1 - beta2**t)) + eps
    return np.asarray(theta - lr / (1 - beta1**t) * m / size), m, v, t


def adamax_step(
    theta: Array,
    m: Array,
    u: Array,
    t: int,
    grad: Array,
    lr: float = 2e-3,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> tuple[Array, Array, Array, int]:
    """Adam with the largest gradient lately in the place of the root: u ← max(β₂ u, |∇| + ε).

    m ← β₁ m + (1 − β₁) ∇, then θ ← θ − η / (1 − β₁^t) · m / u.

    Args:
        u: like theta, fading maximum of |∇|; zeros at the start.
        eps: ε, not in the paper (PyTorch has it too): without it an entry that never had a gradient gives 0 / 0.

    The other arguments are those of `adam_step`.

    Returns:
        θ, m and u, new arrays like theta, and t + 1.

    Raises:
        ShapeError: the arrays differ in shape.
        DTypeError: integers, or two kinds of float.
        ParameterError: a setting is not one real number, or t no count.

    Source: Kingma & Ba (2015), Adam, algorithm 2.

    >>> zero = np.zeros(2)
    >>> theta, m, u, t = adamax_step(zero, zero, zero, 0, np.array([4.0, 0.0]), lr=0.1, eps=1e-12)
    >>> theta.round(6), u.round(6)
    (array([-0.1,  0. ]), array([4., 0.]))
    """
    check(theta, m=m, u=u, grad=grad)
    lr, beta1, beta2, eps = numbers(lr=lr, beta1=beta1, beta2=beta2, eps=eps)
    t = counted(t)
    m = np.asarray(beta1 * m + (1 - beta1) * grad)
    u = np.maximum(beta2 * u, np.abs(grad) + eps)
    return np.asarray(theta - lr / (1 - beta1**t) * m / u), m, u, t


def nadam_step(
    theta: Array,
    m: Array,
    v: Array,
    t: int,
    product: float,
    grad: Array,
    lr: float = 2e-3,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
    psi: float = 4e-3,
) -> tuple[Array, Array, Array, int, float]:
    """Adam with Nesterov's look ahead: this step's gradient is weighed now, next step's share of m is taken already.

    m and v as in `adam_step`; μ_t = β₁ (1 − ½ · 0.96^(t ψ)) grows from β₁ / 2 to β₁;
    m̂ = μ_{t+1} m / (1 − μ_1 ⋯ μ_{t+1}) + (1 − μ_t) ∇ / (1 − μ_1 ⋯ μ_t); θ ← θ − η m̂ / (√v̂ + ε).

    Args:
        product: μ_1 ⋯ μ_t so far; 1 at the start.
        beta1: β₁, where μ ends.
        psi: ψ, how fast μ grows.

    The other arguments are those of `adam_step`.

    Returns:
        θ, m and v, new arrays like theta, then t + 1 and the new product.

    Raises:
        ShapeError: the arrays differ in shape.
        DTypeError: integers, or two kinds of float.
        ParameterError: a setting is not one real number, or t no count.

    Source: Dozat (2016), Incorporating Nesterov momentum into Adam, algorithm 2, with β₁ for μ in the running mean
    (PyTorch's reading).

    >>> zero = np.zeros(1)
    >>> theta, m, v, t, product = nadam_step(zero, zero, zero, 0, 1.0, np.array([-5.0]), lr=0.1)
    >>> round(product, 4), theta.round(4)
    (0.4501, array([0.1056]))
    """
    check(theta, m=m, v=v, grad=grad)
    product, lr, beta1, beta2, eps, psi = numbers(product=product, lr=lr, beta1=beta1, beta2=beta2, eps=eps, psi=psi)
    t = counted(t)
    mu, next_mu = (beta1 * (1 - 0.5 * 0.96 ** (step * psi)) for step in (t, t + 1))
    product *= mu
    m = np.asarray(beta1 * m + (1 - beta1) * grad)
    v = np.asarray(beta2 * v + (1 - beta2) * grad * grad)
    size = np.sqrt(v / (1 - beta2**t)) + eps
    mean = next_mu / (1 - product * next_mu) * m + (1 - mu) / (1 - product) * grad
    return np.asarray(theta - lr * mean / size), m, v, t, product
