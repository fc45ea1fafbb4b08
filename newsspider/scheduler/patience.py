"""Sites that have asked to be left alone for a while."""

from __future__ import annotations

from time import monotonic


class Patience:
    """Which sites are not to be asked now, and until when."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def hold_back(self, site: str, seconds: float) -> None:
        """Leave *site* alone for *seconds*."""
        self._until[site] = max(self._until.get(site, 0.0), monotonic() + seconds)

    def is_held(self, site: str) -> bool:
        """Tell whether *site* is to be left alone."""
        return site in self._until and monotonic() < self._until[site]
