"""Measurements of newsspider against gold and against its peers; needs the extra ``peers`` for the latter."""
