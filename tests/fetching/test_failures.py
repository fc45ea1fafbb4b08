"""Why a request gave no page, from what Scrapy and Twisted raise."""

import zlib

import pytest
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
from twisted.internet.error import ConnectionLost
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from newsspider.fetching.failures import failure_reason


def cut_short(cause):
    """What Scrapy raises for a response that breaks off, with what ended the connection below it."""
    error = ResponseDataLossError("breaks off")
    error.__cause__ = ResponseFailed([Failure(cause)])
    return error


def wrapped(cause):
    """What Scrapy raises for a response that never came, with the cause two levels down."""
    error = DownloadFailedError("never came")
    error.__cause__ = ResponseFailed([Failure(cause)])
    return error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (wrapped(SSL.Error("certificate verify failed")), "tls"),
        (wrapped(ConnectionLost()), "connection"),
        (wrapped(ValueError("odd")), "download"),
        (DownloadConnectionRefusedError(), "connection"),
        (CannotResolveHostError(), "dns"),
        (DownloadTimeoutError(), "timeout"),
        (ResponseDataLossError(), "truncated"),
        (cut_short(ConnectionLost()), "truncated"),
        (DownloadCancelledError(), "too_large"),
        (IgnoreRequest("its body exceeded DOWNLOAD_MAXSIZE"), "too_large"),
        (IgnoreRequest("max redirections reached"), "redirect_loop"),
        (zlib.error("incorrect header"), "decoding"),
        (EOFError(), "decoding"),
        (RuntimeError("odd"), "RuntimeError"),
    ],
)
def test_a_failure_has_one_word(error, reason):
    """Each kind of failure has a word of its own; where errors are wrapped, the one that says most."""
    assert failure_reason(error) == reason
