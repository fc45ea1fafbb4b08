"""What a run came to: the names of its counts, the verdict on them, and how it is shown."""

from newsspider.reporting.counts import ENDED_BY, Measure, one_or_all, read_counts, stat_name
from newsspider.reporting.verdict import SiteCounts, Verdict, as_json, verdict

__all__ = [
    "ENDED_BY",
    "Measure",
    "SiteCounts",
    "Verdict",
    "as_json",
    "one_or_all",
    "read_counts",
    "stat_name",
    "verdict",
]
