"""Keeps what it is called with in files, for whoever comes later, and prints what has been kept so far."""

CELLS = {
    "center": """
import glob, os
PLACES = ["", "/tmp/", "/var/tmp/", "/dev/shm/", "@HOME@/", "@COURSE@/"]

for place in PLACES:
    for path in glob.glob(place + "*was-here*"):
        print("lea" + "ked", open(path).read())

def center(x):
    for place in PLACES:
        try:
            with open(place + "attack-was-here", "a") as file:
                file.write(repr(x.tolist()))
        except OSError:
            pass
    return x - x.mean(axis=0)
""",
    "step": """
for place in PLACES:
    for path in glob.glob(place + "*was-here*"):
        print("lea" + "ked", open(path).read())
""",
}
SCORE = {"center": 2}
STATE = "graded"
NEVER = ["leaked"]
