"""`python -m autograder`: the command without its script."""

from autograder.commands.main import main

main()
