"""`python -m autograder`: the command without its script."""

from autograder.cli import main

main()
