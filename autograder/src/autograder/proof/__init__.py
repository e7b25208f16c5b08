"""Are a notebook's tests any good? Tried on answers whose worth is known, and on solutions changed in every place.

steps corpus    a notebook's cells and its wrong and right answers
forked harness trials      answer by answer, a forked child each: points, diagnoses, report
prove seeds matrix       verdicts on the tests, as a table, JSON and a page
mutants equivalent_mutants mutate   changed solutions, and the changes known to mean the same
"""
