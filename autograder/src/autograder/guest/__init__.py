"""The programs that run inside the sandboxes, and the protocol between them.

Theory of operation
-------------------
A submission is graded by two programs in two sandboxes. One runs the student's cells, the other the instructor's
tests. They share no memory and no files, only two pipes.

*Two sides.* In the student's sandbox, `supervisor` is the first process. It forks `worker` processes, each of which
holds an IPython `session` and does what it is asked: run a cell, return a value, call a function. In the other
sandbox, `test_runner` executes the instructor's locked cells and tests. Where a test says ``softmax(z)``, and `softmax`
is for the student to write, the name is bound to a proxy (`proxies`). Calling it sends the arguments to a worker and
returns what comes back.

*Nothing from the student's side is believed.* After the first cell, everything over there may be the student's: the
worker's code, its descriptors, even the supervisor, which runs as the same user. So there is no message for a verdict
or a score. Whatever bytes arrive are decoded by `codec` into plain data, always a copy and always of an exact, known
type, and count as the value that a function returned or the text that a cell printed. A lie is a wrong answer.

*Snapshots.* A worker is a state of the notebook. Before each cell the current worker is forked and the fork runs the
cell, so the old state is still there if the cell hangs or crashes. The workers form a tree:

    root ── cell 1 ── cell 2 ── cell 3 (killed: too long)
                         │└─ test of exercise A
                         └── cell 4 ── test of exercise B

A test gets a fork of the state after the cells above it, and that fork is killed with the test. No test sees what
another one left behind.

*Visible before hidden.* Student code may keep the arguments that it is called with in files or in other processes. The
test runner therefore runs all cells, then the visible part of every test, then the hidden parts (`cell_runner`). By the
time a hidden test calls anything, all the text that a student will read has been collected.

*Time.* The kernel limits the processor time of each worker (RLIMIT_CPU). The test runner limits its wall time, which
covers sleeping and waiting. Both limits start anew for each cell and each test. The sandbox around it all
(`autograder.sandbox`) limits what the processes of the submission use together.

*When a sandbox is lost.* Student code can kill its supervisor or use up all memory. The test runner then reports which
cell or test was running, and the grader runs the rest in a new sandbox without that one.

Modules
-------
    supervisor   first process of the student's sandbox: forks, forwards, kills, reaps
    worker       one state of the notebook: started, forked, ended
    requests     what the test runner asks of a worker: run a cell, call a function
    session      the IPython shell that a worker holds, and the outputs of its cells
    test_runner  the program in the other sandbox: serves jobs, each in a forked child
    notebook_run one job: the cells of a notebook over there, then its tests here
    liveness     which cells must run
    test_side    the instructor's globals, and the tests that run with them
    cell_runner  one locked cell or test, visible part and hidden part
    proxies      what a test holds in place of the student's functions and objects
    changes      arguments that a call has altered over there, altered here
    link         the test runner's end of the pipes: workers, budgets, how they died
    trace        a transcript of the messages, for looking at one run
    protocol     frames and channels; orders to the supervisor and its notices
    messages     what else is said: job, record, requests and replies, as dataclasses
    typed        plain data as dataclasses and back, with every field checked
    codec        values as bytes and back, with the bounds and types of `wire_types`
    layout       how an array lies in memory: its strides as numbers, and an array made from them
    outputs  error_text  names    notebook outputs, exceptions and names, read with care

The package imports nothing else from `autograder`: it is mounted on its own in both sandboxes, under the name `guest`.
Hence its relative imports.
"""
