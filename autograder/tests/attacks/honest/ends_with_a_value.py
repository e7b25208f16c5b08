"""Shows what its cells compute: numbers, arrays, tables, long lists."""

CELLS = {
    "center": "def center(x):\n    return x - x.mean(axis=0)\n\ncenter(np.eye(3))",
    "longest_run": """
def longest_run(values):
    longest = length = 0
    for i, value in enumerate(values):
        length = length + 1 if i and values[i - 1] == value else 1
        longest = max(longest, length)
    return longest

[longest_run([n] * n) for n in range(100)]
""",
    "step": "def step(theta, gradient, eta):\n    return theta - eta * gradient\n\nstep",
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
