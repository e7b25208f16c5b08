"""A filter for system calls, as a BPF program for the kernel: what no namespace or limit holds back is refused.

It is a list of forbidden calls. A list of permitted ones would depend on the versions of NumPy, Numba and libc. Calls
newer than the list get ENOSYS, as on an older kernel.

Numbers are from the kernel's arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h, and a test
compares them with libseccomp. Instructions are from linux/bpf_common.h, linux/filter.h and linux/seccomp.h.
"""

import errno
import platform
import socket
import struct

from autograder.sandbox.terms import SandboxFailure

__all__ = ["FORBIDDEN", "MACHINES", "NEWEST", "program"]

MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""AUDIT_ARCH of each machine, in the order of the columns of `FORBIDDEN`."""

NEWEST = 462
"""The newest call known here: mseal of Linux 6.10. From 424 on, numbers are the same on all machines."""

FORBIDDEN: dict[str, tuple[int | None, int | None]] = {
    # other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
    # keys of the grader's user, which have no namespace
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    # parts of the kernel with a history of faults
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "fanotify_init": (300, 262),
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    "lookup_dcookie": (212, 18),
    "personality": (135, 92),
    "modify_ldt": (154, None),
    # memory that belongs to no process, so that it would be charged to none
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    # mounts and namespaces; `clone` is looked at more closely below
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "statmount": (457, 457),
    "listmount": (458, 458),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    # the machine
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "syslog": (103, 116),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "vhangup": (153, 58),
    "iopl": (172, None),
    "ioperm": (173, None),
}

CLONE, CLONE3, SOCKET = (56, 220), (435, 435), (41, 198)
NEW_NAMESPACE = 0x7E020080
"""CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET and NEWTIME."""

LOAD, EQUAL, GREATER, ANY_BIT, RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
NUMBER, MACHINE, FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data; arguments are 64 bits, little-endian


def _step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    """One instruction, a struct sock_filter. A comparison skips `then` or `otherwise` of those that follow."""
    return struct.pack("=HBBI", code, then, otherwise, value)


def program(machine: str | None = None) -> bytes:
    """The filter for a machine, by default this one, in the form that `bwrap --seccomp` reads.

    Raises:
        SandboxFailure: the numbers of this machine's calls are not known.
    """
    machine = machine or platform.machine()
    if machine not in MACHINES:
        raise SandboxFailure("no filter for system calls", got=machine, expected=" or ".join(MACHINES))
    column = list(MACHINES).index(machine)
    forbidden = sorted(number for numbers in FORBIDDEN.values() if (number := numbers[column]) is not None)
    # The program loads the call's number, compares it with one number after the other, looks at the first argument of
    # clone and socket, and ends in one of these returns. Jumps only go forward.
    refuse = [
        _step(RETURN, ALLOW),
        _step(RETURN, ERRNO | errno.EPERM),
        _step(RETURN, ERRNO | errno.ENOSYS),
        _step(RETURN, ERRNO | errno.EAFNOSUPPORT),
    ]
    allow, eperm, enosys, family = range(4)
    special = [
        # clone3 has its flags in memory, where a filter cannot look. After ENOSYS, libc takes clone.
        (EQUAL, CLONE3[column], enosys),
        # That includes the x32 calls of x86_64, whose numbers start at 0x40000000.
        (GREATER, NEWEST, enosys),
    ]
    arguments = [
        _step(EQUAL, CLONE[column], 0, 2),
        _step(LOAD, FIRST_ARGUMENT),
        _step(ANY_BIT, NEW_NAMESPACE, 3 + eperm, 3 + allow),
        # Unix sockets alone: no Internet, netlink or packets, nor vsock, which reaches the host of a virtual machine.
        _step(EQUAL, SOCKET[column], 0, 2 + allow),
        _step(LOAD, FIRST_ARGUMENT),
        _step(EQUAL, socket.AF_UNIX, allow, family),
    ]
    # A jump is given as the number of instructions that it skips, so each test's depends on its position.
    tests = [*special, *((EQUAL, number, eperm) for number in forbidden)]
    distance = len(tests) + len(arguments)
    body = [_step(code, value, distance - place - 1 + target) for place, (code, value, target) in enumerate(tests)]
    head = [_step(LOAD, MACHINE), _step(EQUAL, MACHINES[machine], 1, 0), _step(RETURN, KILL), _step(LOAD, NUMBER)]
    return b"".join(head + body + arguments + refuse)
