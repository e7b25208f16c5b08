"""Leaves a process in its sandbox that remembers what a hidden test asked, and tells a test that can be read."""

CELLS = {
    "center": """
import os, socket

def remember(address="\\0memory"):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as server:
        server.bind(address)
        known = b""
        while True:
            told, sender = server.recvfrom(1000)
            known += told
            if sender:
                server.sendto(known, sender)

if os.fork() == 0:
    try:
        remember()
    finally:
        os._exit(0)

def center(x):
    if x[0, 0] != 1.0:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as client:
            client.sendto(repr(x.tolist()).encode(), "\\0memory")
    return x - x.mean(axis=0)
""",
    "step": """
def step(theta, gradient, eta):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as client:
        client.settimeout(1)
        client.bind("\\0asking")
        client.sendto(b"", "\\0memory")
        known = client.recv(1000)
    if known:
        raise ValueError("lea" + "ked " + known.decode())
    return theta - eta * gradient
""",
}
SCORE = {"center": 2, "step": 2}
STATE = "graded"
NEVER = ["leaked"]
