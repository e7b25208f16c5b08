"""Proof that a notebook's tests are any good, by answers whose worth is known.

Every wrong answer beside a notebook's source must lose points, and the report must name its mistake. Every right
answer, whatever its style, must have full marks. Then the notebook's own solutions are changed in one place at a time,
and each change must lose points.

    exercises, corpus      a notebook's plan and tests, and its wrong and right answers
    forked                 functions in forked children, each with its own limits
    worker                 the student's side of one test, a fork that is asked as in grading
    trial_messages         what the next two say to each other
    harness, trials        a program that tries one answer after the other, and its caller: points, diagnoses, report
    verdicts               whether each answer got what it deserves
    comparison             answers proved and graded: the same points, the same words
    seeds                  right answers under many seeds of the tests' random inputs
    mutants, mutate        solutions changed in one place, tried like answers
    equivalent_mutants     changes that a person has found to mean the same
    matrix                 verdicts as a table and as a page

`autograder.commands.prove` is the command. The answers are the course's own, so nothing here is a sandbox.
"""
