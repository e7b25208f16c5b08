"""Sends what it knows to an address on the network."""

CELLS = {
    "center": """
import socket

def center(x):
    for address in (("127.0.0.1", @PORT@), ("::1", @PORT@), ("localhost", @PORT@)):
        try:
            with socket.create_connection(address, timeout=0.2) as connection:
                connection.sendall(repr(x).encode())
        except OSError:
            pass
    return x - x.mean(axis=0)
"""
}
SCORE = {"center": 2}
STATE = "graded"
