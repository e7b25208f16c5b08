"""Train LeNet on the shipped digits, here and in PyTorch: same initial weights, same batches, same Adam.

make lenet, or: python pkg/benchmarks/digits.py [--net digits|lenet5] [--epochs N] [--threads N]

The two take turns, an epoch each, so that whatever else the machine does hits both; the quickest epoch is what the
machine can do when left alone. One thread each unless asked: batches are small, and threads that wait for each other on
a busy machine cost more than they bring. Validation and test data are only looked at after the last epoch.
"""

import argparse
import datetime
import platform
import time
from pathlib import Path

import numba
import numpy as np
import torch
from chainrule import data, nets, optim
from chainrule.losses import softmax_cross_entropy
from torch_twin import images, twin

RATE, BATCH, SEED = 0.003, 32, 0
NETS = {"digits": (8, nets.lenet_digits, 30), "lenet5": (28, nets.lenet5, 10)}


class Here:
    """A network of this package, and its steps."""

    def __init__(self, net: nets.Sequential) -> None:
        self.net, self.optimizer = net, optim.Optimizer("adam", lr=RATE)

    def epoch(self, x: np.ndarray, y: np.ndarray, batches: list[np.ndarray]) -> list[float]:
        """Every step's loss."""
        losses = []
        for index in batches:
            a, tape = self.net.forward(x[index])
            loss, delta = softmax_cross_entropy(a, y[index])
            self.optimizer.step(self.net.params, self.net.parameter_gradients(delta, tape))
            losses.append(loss)
        return losses

    def accuracy(self, x: np.ndarray, y: np.ndarray) -> float:
        """Share of right answers."""
        return float((self.net.predict(x) == y).mean())


class Torch:
    """The same network and steps in PyTorch, eager, as its tutorials write them."""

    def __init__(self, net: nets.Sequential) -> None:
        self.model = twin(net)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=RATE)

    def epoch(self, x: torch.Tensor, y: torch.Tensor, batches: list[torch.Tensor]) -> list[float]:
        """Every step's loss."""
        losses = []
        for index in batches:
            loss = torch.nn.functional.cross_entropy(self.model(x[index]), y[index])
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            losses.append(loss.item())
        return losses

    def accuracy(self, x: np.ndarray, y: np.ndarray) -> float:
        """Share of right answers."""
        with torch.no_grad():
            return float((self.model(images(x)).argmax(dim=1).numpy() == y).mean())


def load(split: str, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Digits as they are, or each pixel three times as wide and high in a frame of two: 8 · 3 + 4 = 28."""
    x, y = data.digits(split)
    if size == 28:
        x = np.pad(x.repeat(3, axis=1).repeat(3, axis=2), ((0, 0), (2, 2), (2, 2)))
    return x[..., None].astype(np.float32), y


def machine() -> str:
    """Date, processor and versions."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    today = datetime.datetime.now(tz=datetime.UTC)
    versions = f"Python {platform.python_version()}, NumPy {np.__version__}, PyTorch {torch.__version__}"
    processor = names[0] if names else platform.processor()
    return f"{today:%Y-%m-%d}, {processor}, {torch.get_num_threads()} thread(s), {versions}"


Figures = dict[str, list[float]]


def train(sides: dict[str, Here | Torch], x: np.ndarray, y: np.ndarray, epochs: int) -> tuple[Figures, Figures]:
    """Seconds of every epoch and losses of every step, by side."""
    wall_s: Figures = {name: [] for name in sides}
    losses: Figures = {name: [] for name in sides}
    rng = np.random.default_rng(SEED)
    for _ in range(epochs):
        batches = nets.minibatches(len(x), BATCH, rng)
        for name, side in sides.items():
            mine = (x, y, batches)
            if isinstance(side, Torch):
                mine = (images(x), torch.from_numpy(y), [torch.from_numpy(index) for index in batches])
            start = time.perf_counter()
            losses[name] += side.epoch(*mine)
            wall_s[name].append(time.perf_counter() - start)
            time.sleep(0.01)  # this side's threads stop spinning
    return wall_s, losses


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--net", choices=NETS, default="digits")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args()
    size, make, usual = NETS[chosen.net]
    epochs = chosen.epochs or usual
    torch.set_num_threads(chosen.threads)
    numba.set_num_threads(chosen.threads)
    x, y = load("train", size)

    # A first epoch that is thrown away: compiling and starting threads are not training.
    for some in (1, epochs):
        net = make(np.random.default_rng(SEED))
        sides = {"PyTorch": Torch(net), "chainrule": Here(net)}
        wall_s, losses = train(sides, x, y, some)

    print(f"{chosen.net}: {len(x):,} digits of {size} x {size}, {epochs} epochs, batches of {BATCH}, Adam {RATE}")
    print(machine() + "\n")
    columns = ("", "test accuracy", "validation accuracy", "training, s", "quickest epoch, ms")
    print("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    for name, side in sides.items():
        row = (
            name,
            f"{side.accuracy(*load('test', size)):.3f}",
            f"{side.accuracy(*load('validation', size)):.3f}",
            f"{sum(wall_s[name]):.2f}",
            f"{1e3 * min(wall_s[name]):.1f}",
        )
        print("| " + " | ".join(row) + " |")
    gap = np.abs(np.subtract(losses["chainrule"], losses["PyTorch"]))
    steps = len(gap) // epochs
    print(f"\nThe losses of the first epoch's {steps} steps differ by at most {gap[:steps].max():.1e}.")


if __name__ == "__main__":
    main()
