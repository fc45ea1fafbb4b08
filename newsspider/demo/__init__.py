"""The demo newsroom: whole news sites made on demand from a seed, and the truth of every page on them.

It knows nothing of the rest of the package, so that it can judge it.
"""

from newsspider.demo.edition import Edition
from newsspider.demo.newsroom import Newsroom, Request, Response
from newsspider.demo.truth import Truth, write_truths

__all__ = ["Edition", "Newsroom", "Request", "Response", "Truth", "write_truths"]
