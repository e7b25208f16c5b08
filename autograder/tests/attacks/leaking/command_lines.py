"""Prints the command lines and the mounts that it can see, in which paths and names may stand."""

EXTRA = {
    "center": """
import glob
for path in (*glob.glob("/proc/[0-9]*/cmdline"), *glob.glob("/proc/[0-9]*/mountinfo"), "/proc/mounts"):
    try:
        text = open(path, "rb").read().decode(errors="replace")
    except OSError:
        continue
    if "leaking-command-lines" in text or "gradebook" in text:
        print("lea" + "ked", text)
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
NEVER = ["leaked"]
