"""A course and what comes in and goes out: sources, releases to students, submissions from an LMS.

`folder` is the course's place on disk, `configuration` sets nbgrader up for it. `source` reads the instructor's text
files, `release` makes the students' notebooks from them, `answers` fills notebooks as a student would. `archive` reads
what an LMS exports without unpacking it, and `collect` puts each submission where grading expects it.
"""
