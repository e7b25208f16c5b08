"""A list, and v from the step that θ made."""


def momentum_step(theta, v, grad, lr, mu):
    new = theta + mu * v - lr * grad
    return [new, new - theta]
