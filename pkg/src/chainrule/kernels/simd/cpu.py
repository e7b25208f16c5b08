"""The vector registers of the CPU that Numba compiles for."""

from functools import cache
from typing import NamedTuple

import llvmlite.binding as llvm
import numba

__all__ = ["Registers", "registers"]


class Registers(NamedTuple):
    """The vector registers: how many there are, and how many bytes each holds."""

    number: int
    size: int

    @property
    def avx512(self) -> bool:
        """Whether a multiply-add repeats a number from memory by itself, and a masked store is a single step."""
        return self.size == 64


@cache
def registers() -> Registers:
    """AVX-512 has 32 registers of 64 bytes, AVX2 has 16 of 32, and ARM's NEON has 32 of 16."""
    features = {name for name, present in llvm.get_host_cpu_features().items() if present}
    # NUMBA_CPU_NAME and NUMBA_CPU_FEATURES choose another target than this machine, as the tests do for AVX2.
    if numba.config.CPU_NAME not in (None, "", "host"):
        features = {flag[1:] for flag in (numba.config.CPU_FEATURES or "+avx2").split(",") if flag.startswith("+")}
    if "avx512f" in features:
        return Registers(32, 64)
    if "avx2" in features:
        return Registers(16, 32)
    return Registers(32 if "neon" in features else 16, 16)  # SSE2 is what every 64-bit x86 has
