"""Why a request gave no page, in one word."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost, DNSLookupError, TimeoutError
from twisted.web.client import ResponseFailed

from newsspider.fetching.refusal import NoPage

# the first that fits anything in the chain of causes is the word: what says most stands before what says less
_REASONS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((CannotResolveHostError, DNSLookupError), "dns"),
    ((DownloadTimeoutError, TimeoutError), "timeout"),
    ((ResponseDataLossError,), "truncated"),
    ((DownloadCancelledError,), "too_large"),
    ((SSL.Error,), "tls"),
    ((DownloadConnectionRefusedError, ConnectError, ConnectionDone, ConnectionLost), "connection"),
    ((OSError, EOFError, zlib.error), "decoding"),
    ((DownloadFailedError, ResponseFailed), "download"),
)
_IGNORED = (("redirection", "redirect_loop"), ("DOWNLOAD_MAXSIZE", "too_large"))


def failure_reason(error: BaseException | None) -> str:
    """Return the word for *error*: ``http_404``, ``robots``, ``timeout`` ...

    >>> failure_reason(NoPage("offsite", "...")), failure_reason(ZeroDivisionError())
    ('offsite', 'ZeroDivisionError')
    """
    if isinstance(error, HttpError):
        return f"http_{error.response.status}"
    if isinstance(error, NoPage):
        return error.reason
    if isinstance(error, IgnoreRequest):
        # Scrapy's own, which are told apart by their words only
        return next((reason for words, reason in _IGNORED if words in str(error)), "ignored")
    causes = tuple(_causes(error))
    named = (reason for kinds, reason in _REASONS if any(isinstance(cause, kinds) for cause in causes))
    return next(named, type(error).__name__)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield *error* and what led to it: Scrapy and Twisted wrap what broke a connection."""
    if error is None:
        return
    yield from _causes(error.__cause__)
    for failure in error.reasons if isinstance(error, ResponseFailed) else ():
        yield from _causes(failure.value)
    yield error
