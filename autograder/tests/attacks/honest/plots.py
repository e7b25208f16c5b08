"""Draws, with a title in Chinese, and shows the picture."""

EXTRA = {
    "slope": """
import matplotlib.pyplot as plt
plt.plot([1, 4, 9])
plt.title("损失函数 L(θ)")
plt.xlabel("步数")
plt.show()
plt.savefig("loss.png")
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
