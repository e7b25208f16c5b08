"""From a submitted notebook to scores in the gradebook.

`submission` turns an untrusted file into the canonical notebook, `cells` plans which side runs which cell, `engine` has
one notebook run in two sandboxes (`test_runner` starts the side that tests, `mounts` says what each side sees),
`runner` asks the `store` first, `scores` reads points from outputs, and `batch` does all of this for a class.
`nbgrader_steps` holds the classes that nbgrader loads by name, so that its own commands go the same way.
"""
