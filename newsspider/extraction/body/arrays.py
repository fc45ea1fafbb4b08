"""The kinds of array that the body model works on."""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
"""One row a segment."""
Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]
