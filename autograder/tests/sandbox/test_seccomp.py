"""The numbers of system calls against libseccomp's own tables, for each machine."""

import ctypes
import ctypes.util

import pytest
from autograder.sandbox import SandboxFailure
from autograder.sandbox.seccomp import CLONE, CLONE3, FORBIDDEN, MACHINES, SOCKET, program

TOO_NEW = {"statmount", "listmount"}
"""For some versions of libseccomp; their numbers are the same on every machine."""


@pytest.mark.parametrize("machine", MACHINES)
def test_numbers_are_the_kernels(machine: str) -> None:
    library = ctypes.CDLL(ctypes.util.find_library("seccomp"))
    resolve = library.seccomp_syscall_resolve_name_arch
    resolve.argtypes = [ctypes.c_uint32, ctypes.c_char_p]
    column = list(MACHINES).index(machine)
    for name, numbers in (FORBIDDEN | {"clone": CLONE, "clone3": CLONE3, "socket": SOCKET}).items():
        known = resolve(MACHINES[machine], name.encode())
        if name in TOO_NEW and known < 0:
            assert len(set(numbers)) == 1
        else:
            assert (known if known >= 0 else None) == numbers[column], name


def test_each_jump_stays_in_the_program() -> None:
    for machine in MACHINES:
        steps = [program(machine)[place : place + 8] for place in range(0, len(program(machine)), 8)]
        for place, step in enumerate(steps):
            if step[0] & 7 == 5:  # BPF_JMP
                assert max(step[2], step[3]) + place + 1 < len(steps)
        assert steps[-1][0] == 6  # BPF_RET


def test_a_machine_without_numbers_is_refused() -> None:
    with pytest.raises(SandboxFailure, match="got riscv64, expected x86_64 or aarch64"):
        program("riscv64")
