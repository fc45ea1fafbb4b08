"""How rendering fails."""

from __future__ import annotations


class RenderError(Exception):
    """A page that could not be rendered; *reason* is one word for the verdict.

    ``render_timeout``: it took longer than the site file's ``render_timeout``; ``render_crash``: the browser
    died over it again and again; ``render_failed``: the browser says no.
    """

    def __init__(self, reason: str, message: str) -> None:
        self.reason = reason
        super().__init__(message)


class RendererDown(RenderError):  # noqa: N818  # it says what is so, not that something is wrong with a page
    """There is no browser to be had: not installed, not started, not answering."""

    def __init__(self, message: str) -> None:
        super().__init__("renderer_down", message)
