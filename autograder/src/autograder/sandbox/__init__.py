"""Runs a program that nobody trusts, so that it can compute and do nothing else.

    with start([sys.executable, "-c", code], mounts, quota, probe()) as box:
        ending = box.wait(10.0)          # Ending("exited", 0), Ending("memory"), None if it still runs, …

Theory of operation
-------------------
`probe` finds out which tier of sandbox works on this machine, and `start` runs a program in a new sandbox of that
tier. It returns a `Box`, which has a pipe to the program, a pipe from it, and three verbs: `ended`, `usage` and `kill`.
A box is used once.

*What the program sees.* bubblewrap builds an empty, read-only file system, in which only what `Mounts` names is bound,
read-only, and one small folder can be written. There is no network device, no other process, no terminal and no
capability. The environment is the one given, most of /proc is masked. System calls are the usual way around such
walls, so a filter (`seccomp`) refuses those that reach other processes' memory, keys, mounts, namespaces, sockets other
than Unix ones, and parts of the kernel with a history of faults.

*What it may use.* bubblewrap limits nothing. It sets the sandbox up and waits at a gate until its first process is
under rlimits and, in tier A, in a control group, in which the kernel counts and limits memory and processes. Tier B has
no control group and reads the same figures from the sandbox's own /proc. In both, one thread of the grader (`keeper`)
checks every sandbox fifty times a second and kills those beyond their `Quota`. Memory that belongs to no process, such
as memfd or System V segments, cannot be allocated, and files in the folder count as memory.

*How it ends.* SIGKILL goes to the first process of the sandbox's PID namespace. The kernel then kills all other
processes in it before that one disappears, so no daemon outlives the sandbox. The same happens when the grader dies,
by whatever signal.

*Whose fault it was.* An `Ending` is the program's: it exited, was killed, or ran into its quota. A `SandboxFailure`
is ours, and means "grade again". The two are never mixed up, because bubblewrap reports the program's status on a pipe
of its own, and only if the program was started.

*What it does not hold back.* Faults of the kernel itself. Timing and load, which others on the machine can feel. In
tier B, use beyond the quota between two checks, and up to one interval of processor time for each child whose parent
does not wait for it. The paths of the machine that are bound can be read in /proc/self/mountinfo. If the grader is
root, the program runs as a user of its own, so what is bound must be readable by everybody.

Modules
-------
    terms        the vocabulary: Mounts, Quota, Usage, Ending, Tier, SandboxFailure
    tiers        which tier works here, and starting a box in it
    box          one sandbox from start to end
    keeper       the thread that starts sandboxes and checks them
    launched     what every tier gives a box
    namespaces   tiers A and B           container    tier C           unconfined  the tier "trusted"
    bubblewrap   its command line        seccomp      the filter for system calls
    cgroup       limits in tier A        processes    accounting in tier B
    interpreter  what Python needs to have mounted
    doctor       what this machine lacks, and how to install it
"""

from autograder.sandbox.box import Box
from autograder.sandbox.interpreter import interpreter_binds
from autograder.sandbox.terms import Ending, Mounts, Quota, Reason, SandboxFailure, Tier, TierName, Usage
from autograder.sandbox.tiers import TRUSTED, choose_tier, probe, start

__all__ = [
    "TRUSTED",
    "Box",
    "Ending",
    "Mounts",
    "Quota",
    "Reason",
    "SandboxFailure",
    "Tier",
    "TierName",
    "Usage",
    "choose_tier",
    "interpreter_binds",
    "probe",
    "start",
]
