"""From a submitted notebook to scores in the gradebook.

In the order in which a submission passes through them:

    submission      an untrusted file -> the canonical notebook
    cells           its plan: which side runs which cell, and which names the student defines
    runner          canonical notebook -> executed notebook, from the store or through the engine
    keys            what a result depends on, as a digest
    store           results of runs, by that digest
    engine          one plan in two sandboxes -> results
    mounts          what each sandbox sees
    test_runner     the grader's end of the process that runs the tests
    scores          outputs of test cells -> points
    batch           all of this for a class
    nbgrader_steps  the classes that nbgrader loads by name, so that its own commands do the same
    transcript      one submission, run with everything about it kept
"""
