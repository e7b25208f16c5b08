"""What the two sandboxed programs can see: an interpreter, its packages, the notebook's data. The rest is not there."""
from pathlib import Path
from autograder.sandbox import View
from autograder import inside
import os
def worker_view(files): 
    return View(folder=Path("/work"), read_only=((Path(inside.__file__).parent.parent, Path("/engine")),), environment={"PYTHONPATH":"/engine","OPENBLAS_NUM_THREADS":"1","NUMBA_NUM_THREADS":"1","OMP_NUM_THREADS":"1","MPLBACKEND":"module://matplotlib_inline.backend_inline","PATH":os.defpath})
examiner_view = worker_view
