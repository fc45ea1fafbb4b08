"""Addresses that mean nothing outside a machine or a network."""

from __future__ import annotations

from ipaddress import ip_address

_LOCAL_NAMES = ("localhost", ".localhost", ".local", ".internal")


def is_private(host: str) -> bool:
    """Tell whether *host* is an address, or a name, that means nothing outside a machine or a network.

    >>> [is_private(h) for h in ("127.0.0.1", "10.1.2.3", "::1", "localhost", "93.184.216.34", "example.com")]
    [True, True, True, True, False, False]
    """
    try:
        return not ip_address(host.strip("[]")).is_global
    except ValueError:
        return host == _LOCAL_NAMES[0] or host.endswith(_LOCAL_NAMES[1:])
