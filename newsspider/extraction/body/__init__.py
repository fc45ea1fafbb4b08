"""The body of an article: from the page's tree to blocks with roles."""

from newsspider.extraction.body.container import read_container
from newsspider.extraction.body.guess import BodyGuess, Decision, guess_body

__all__ = ["BodyGuess", "Decision", "guess_body", "read_container"]
