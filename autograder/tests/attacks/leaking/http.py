"""Asks a web server for the address that holds the inputs."""

CELLS = {
    "center": """
import urllib.request

def center(x):
    try:
        urllib.request.urlopen("http://127.0.0.1:@PORT@/?x=" + str(x[0, 0]), timeout=0.2).read()
    except OSError:
        pass
    return x - x.mean(axis=0)
"""
}
SCORE = {"center": 2}
STATE = "graded"
