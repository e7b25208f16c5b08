"""What runs inside the sandboxes: the student's side, the test runner, and the wire between them.

Two programs, each in a sandbox of its own, see nothing of the course but what they are given:

* `supervisor` starts `worker` processes, which run the student's cells and serve calls. After the first cell,
  everything there belongs to the student, so nothing that it says is believed: it is only ever a *value*.
* `test_runner` runs the instructor's test cells. Where a test names something that the student was to write, it holds a
  proxy (`proxies`), which sends the call through the `codec` and returns plain data.

This package imports nothing of `autograder` and is mounted by itself, so the modules here use relative imports only.
"""
