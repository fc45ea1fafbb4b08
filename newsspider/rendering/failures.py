"""How rendering fails."""

from __future__ import annotations

from newsspider.fetching.refusal import NoPage


class RenderError(NoPage):
    """A page that could not be rendered; its reasons:

    ``render_timeout``: it took longer than the site file's ``render_timeout``; ``render_crash``: the browser
    died over it again and again; ``no_document``: it is a file to be saved; ``render_failed``: the browser
    says no.
    """


class RendererDown(RenderError):  # noqa: N818  # it says what is so, not that something is wrong with a page
    """There is no browser to be had: not installed, not started, not answering."""

    def __init__(self, message: str) -> None:
        super().__init__("renderer_down", message)
