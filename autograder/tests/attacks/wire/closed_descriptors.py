"""Closes the descriptors through which its answer should go."""

CELLS = {"longest_run": "import os\ndef longest_run(values):\n    os.closerange(0, 65536)\n    return 2"}
OTHERS = "right"
SCORE = {"longest_run": 0}
STATE = "crashed"
