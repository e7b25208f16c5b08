"""Takes away its own right to processor time, memory, files and output."""

CELLS = {
    "slope": """
import resource
for what in (resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC):
    resource.setrlimit(what, (0, 0))
def slope(f, x):
    return 0 * x
"""
}
OTHERS = "right"
SCORE = {"slope": 0, "shuffled": 0, "longest_run": 0, "step": 0}
STATE = "crashed"  # of its own doing: a process without the right to others can be followed by no other
