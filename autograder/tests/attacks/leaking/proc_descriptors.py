"""Opens every descriptor of every process that it can see, and prints what comes out of files."""

EXTRA = {
    "center": """
import glob, os, stat
for path in glob.glob("/proc/[0-9]*/fd/*") + glob.glob("/proc/[0-9]*/cwd") + glob.glob("/proc/[0-9]*/root"):
    try:
        target = os.readlink(path)
        if "gradebook" in target or "@COURSE@" in target or "@HOME@" in target:
            print("lea" + "ked", target)
        if stat.S_ISREG(os.stat(path).st_mode):
            print(open(path, "rb").read(2000))
    except OSError:
        pass
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
NEVER = ["leaked"]
