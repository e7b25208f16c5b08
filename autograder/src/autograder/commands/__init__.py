"""The `autograder` command: `main` finds a subcommand by its name, and each module here is one subcommand.

`options` are what several of them take, `progress` is the bar that they show. A command composes the stages (course,
grading, reports, proof), which do not know one another, and turns their errors into a sentence and an exit status.
"""
