"""Has threads, handlers and destructors that keep its process from ending."""

EXTRA = {
    "slope": """
import atexit, threading, time

class Sticky:
    def __del__(self):
        while True:
            pass

sticky = Sticky()
atexit.register(time.sleep, 10**6)
threading.Thread(target=time.sleep, args=(10**6,)).start()
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
