"""Why a request gave no page, in one word."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost, DNSLookupError, TimeoutError

from newsspider.middlewares.refusal import Refusal
from newsspider.rendering.failures import RenderError

_REASONS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((CannotResolveHostError, DNSLookupError), "dns"),
    ((DownloadTimeoutError, TimeoutError), "timeout"),
    ((ResponseDataLossError,), "truncated"),
    ((DownloadConnectionRefusedError, ConnectError, ConnectionDone, ConnectionLost), "connection"),
    ((DownloadFailedError,), "download"),
    ((OSError, EOFError), "decoding"),
)


def failure_reason(error: BaseException | None) -> str:
    """Return the word for *error*: ``http_404``, ``robots``, ``timeout`` ...

    >>> failure_reason(Refusal("offsite", "...")), failure_reason(ZeroDivisionError())
    ('offsite', 'ZeroDivisionError')
    """
    if isinstance(error, HttpError):
        return f"http_{error.response.status}"
    if isinstance(error, Refusal | RenderError):
        return error.reason
    if isinstance(error, IgnoreRequest):
        return "redirect_loop" if "redirection" in str(error) else "ignored"
    for kinds, reason in _REASONS:
        if isinstance(error, kinds):
            return reason
    return type(error).__name__
