"""The running program: see `bot.__main__`."""

import os

# All tables of a question are small: to wait for the threads of the BLAS takes longer than to multiply, on a busy
# machine tens of milliseconds. It reads this once, when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
