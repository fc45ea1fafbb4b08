"""Scheduling: jobs, when they are due, and the scrapyd nodes that run them.

It knows neither Scrapy nor the spiders. Cron expressions and the daemon need the extra ``schedule``.
"""

from newsspider.scheduling.jobs import Job
from newsspider.scheduling.nodes import Node
from newsspider.scheduling.rounds import Round, Scheduler, look, make_round
from newsspider.scheduling.schedule_file import ScheduleTable, read_schedule_file
from newsspider.scheduling.scrapyd import NOT_PARAMETERS, Credentials, Scrapyd
from newsspider.scheduling.status import JobStatus, status
from newsspider.scheduling.store import MemoryStore
from newsspider.scheduling.timing import Cron, Every, Timing

__all__ = [
    "NOT_PARAMETERS",
    "Credentials",
    "Cron",
    "Every",
    "Job",
    "JobStatus",
    "MemoryStore",
    "Node",
    "Round",
    "ScheduleTable",
    "Scheduler",
    "Scrapyd",
    "Timing",
    "look",
    "make_round",
    "read_schedule_file",
    "status",
]
