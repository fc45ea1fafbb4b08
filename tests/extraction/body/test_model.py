from __future__ import annotations

from importlib.resources import files

import numpy as np

from newsspider.extraction.body import features, surroundings
from newsspider.extraction.body.model import Trees, from_arrays, load, to_arrays


def test_a_tree_answers_by_its_borders() -> None:
    """The answers of the levels number the leaf, the first level its lowest bit."""
    trees = Trees(
        features=np.array([[0, 1]], dtype=np.int16),
        borders=np.array([[0.5, 0.5]], dtype=np.float32),
        leaves=np.array([[-9.0, 1.0, 2.0, 9.0]], dtype=np.float32),
        bias=0.0,
    )
    rows = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype=np.float32)
    assert np.allclose(np.log(trees.score(rows) / (1 - trees.score(rows))), [-9, 1, 2, 9])


def test_the_model_survives_its_file() -> None:
    """What is saved is what is read, without objects."""
    model = load()
    again = from_arrays(to_arrays(model))
    row = np.zeros((1, len(features.NAMES)), dtype=np.float32)
    assert np.allclose(model.first.score(row), again.first.score(row), atol=1e-2)
    assert again.lexicon.names.keys() == model.lexicon.names.keys()


def test_the_shipped_model_fits_the_features() -> None:
    """No tree asks for a column that is not there, and the file stays small."""
    model = load()
    width = len(features.NAMES) + len(surroundings.NAMES)
    assert int(model.first.features.max()) < len(features.NAMES)
    assert int(model.second.features.max()) < width == len(model.typical)
    assert len(files("newsspider.extraction.body").joinpath("model.npz").read_bytes()) < 2_000_000
