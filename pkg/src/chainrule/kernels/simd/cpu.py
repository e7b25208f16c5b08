"""What the kernels ask of the CPU that Numba compiles for."""

from functools import cache
from typing import NamedTuple

import llvmlite.binding as llvm
import numba

__all__ = ["Registers", "registers"]


class Registers(NamedTuple):
    """The vector registers: how many, of how many bytes."""

    number: int
    size: int

    @property
    def rich(self) -> bool:
        """AVX-512: a multiply-add repeats a number from memory by itself, and a store under a mask is one step."""
        return self.size == 64


@cache
def registers() -> Registers:
    """AVX-512 has 32 of 64 bytes, AVX2 16 of 32, ARM's NEON 32 of 16."""
    features = {name for name, present in llvm.get_host_cpu_features().items() if present}
    if numba.config.CPU_NAME not in (None, "", "host"):
        features = {part[1:] for part in (numba.config.CPU_FEATURES or "+avx2").split(",") if part.startswith("+")}
    if "avx512f" in features:
        return Registers(32, 64)
    if "avx2" in features:
        return Registers(16, 32)
    return Registers(32 if "neon" in features else 16, 16)
