"""A program that nobody trusts, run so that it can compute and nothing else.

Theory of operation
-------------------
`probe` finds out which tier holds on this machine, `start` runs a program in a sandbox of that tier, and the `Box` that
it returns has a pipe to the program, a pipe from it, and three verbs: `ended`, `usage`, `kill`. A box is used once.

*What it sees.* bubblewrap builds a root of its own: an empty, read-only file system in which only the places named by
`Mounts` are bound, read-only, and a single small folder can be written. There is no network device, no other process,
no terminal, no capability; the environment is the one that it was given. Most of /proc is masked. As system calls that
go around such walls are the usual way out of them, a filter refuses them (`seccomp`): other processes' memory, keys,
mounts, namespaces, every socket but a Unix one, and kernel parts with a history.

*What it uses.* bubblewrap limits nothing. It waits at a gate, set up but with the program not yet started, until its
first process is under rlimits and, in tier A, in a control group, where the kernel counts and limits memory and
processes. Without one, in tier B, the same figures are read from the sandbox's own /proc. In both, one thread
(`keeper`) looks at every sandbox fifty times a second and kills those that are beyond their `Quota`. Memory that
belongs to no process (memfd, System V) cannot be had; what is written counts as memory.

*How it ends.* A SIGKILL to the first process of its PID namespace, whereupon the kernel kills all others before it lets
that one go: nothing can outlive it, daemons included. The same happens when the grader dies, however it dies.

*Whose fault.* An `Ending` is the program's: it exited, was killed by us, or ran into its quota. All else is a
`SandboxFailure`: grade again. The two never mix: bubblewrap tells the program's status on a pipe of its own, and only
if the program was started.

*What it does not hold back.* A fault of the kernel itself. Timing and load, which others on the machine can feel. In
tier B, use beyond the quota between two looks, and processor time of children nobody waits for, up to a look's worth
each. The paths of the machine that are bound can be read in /proc/self/mountinfo. What is bound
must be readable by everybody if the grader is root, as the program then becomes a user of its own.

terms        what is said: Mounts, Quota, Usage, Ending, Tier, SandboxFailure
interpreter  what Python needs to be seen
bubblewrap   mounts as bubblewrap's command line        seccomp   the filter for system calls
cgroup       tier A's limits and accounts               processes tier B's accounts
namespaces   tiers A and B     container   tier C       unconfined the tier "trusted"
keeper       the thread that starts and looks           box       one sandbox from start to end
tiers        which one holds
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
