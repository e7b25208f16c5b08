"""The same operation in other processes: without AVX-512, with one thread, without JIT, with the reference.

A worker imports the package under another environment and answers calls of `ops` over its pipes, so that one expected
value serves every variant.
"""

import os
import pickle
import subprocess
import sys

ENVIRONMENTS = {
    "compiled": {},
    "without AVX-512": {"NUMBA_CPU_NAME": "haswell"},
    "one thread": {"NUMBA_NUM_THREADS": "1"},
    "without JIT": {"NUMBA_DISABLE_JIT": "1"},
    "reference": {"CHAINRULE_KERNELS": "reference"},
}
OURS = ("CHAINRULE_KERNELS", "NUMBA_CPU_NAME", "NUMBA_NUM_THREADS", "NUMBA_DISABLE_JIT")


class Worker:
    """A process that runs operations under an environment of its own."""

    def __init__(self, name, environment):
        self.name = name
        self.environment = {k: v for k, v in os.environ.items() if k not in OURS} | environment
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self.environment
        )

    def call(self, operation, *arguments, **options):
        """What the operation returns or raises there; a worker that died raises RuntimeError."""
        if self.process is None:
            self.start()
        try:
            pickle.dump((operation, arguments, options), self.process.stdin)
            self.process.stdin.flush()
            result = pickle.load(self.process.stdout)
        except (EOFError, BrokenPipeError):
            code = self.process.wait()
            self.process = None
            raise RuntimeError(f"the worker {self.name!r} died in {operation} with status {code}") from None
        if isinstance(result, Exception):
            raise result
        return result

    def stop(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()
            self.process.stdout.close()
            self.process = None


def serve():
    from chainrule import ops

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    while True:
        try:
            operation, arguments, options = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            result = getattr(ops, operation)(*arguments, **options)
        except Exception as error:  # it is raised again on the other side
            result = error
        pickle.dump(result, answers)
        answers.flush()


if __name__ == "__main__":
    serve()
