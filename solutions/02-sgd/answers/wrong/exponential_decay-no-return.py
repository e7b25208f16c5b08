"""Nothing is returned.

Diagnosis: "return"
"""


def exponential_decay(lr, t, k):
    lr = lr * np.exp(-k * t)
