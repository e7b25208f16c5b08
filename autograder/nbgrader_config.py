"""Installed as etc/jupyter/nbgrader_config.py: nbgrader and formgrader then grade as `autograder` does."""

from autograder.course.configuration import configure, prepare_process

prepare_process()
configure(get_config())  # noqa: F821  (nbgrader defines it while it reads this file)
