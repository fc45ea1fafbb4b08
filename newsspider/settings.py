"""Settings of the project. Those that begin with NEWSSPIDER are its own: docs/crawling.md has them all."""

import os

from newsspider import middlewares
from newsspider.version import __version__

BOT_NAME = "newsspider"
SPIDER_MODULES = ["newsspider.spiders"]
NEWSPIDER_MODULE = "newsspider.spiders"
COMMANDS_MODULE = "newsspider.commands"
ADDONS = {"newsspider.addon.Addon": 500}

# -- manners: the sites are other people's
USER_AGENT = f"newsspider/{__version__} (+https://github.com/newsspider/newsspider)"
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 4  # Scrapy starts as many tasks for each response, and a page is one article
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.5
DOWNLOAD_TIMEOUT = 60
REDIRECT_MAX_TIMES = 8
REFERRER_POLICY = "no-referrer"  # a request that is made again from its row has no referrer either

# -- safety: what sites send is hostile until read
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

# what else keeps the manners and the safety, and what of Scrapy it replaces
DOWNLOADER_MIDDLEWARES = middlewares.MIDDLEWARES
EXTENSIONS = {
    "newsspider.extensions.ProgressLine": 20,
    "newsspider.extensions.FrozenHeap": 25,
}

# -- pages that are empty until a script has run: none, splash or playwright; docs/rendering.md
RENDERER = os.environ.get("RENDERER", "none")
SPLASH_URL = os.environ.get("SPLASH_URL")
SPLASH_USER = os.environ.get("SPLASH_USER", "")
SPLASH_PASS = os.environ.get("SPLASH_PASS", "")

# -- the feed: one file a run, named for its site and time; -O, -o and FEEDS replace it
NEWSSPIDER_OUTPUT = os.environ.get("NEWSSPIDER_OUTPUT", "output")
NEWSSPIDER_SITES = os.environ.get("NEWSSPIDER_SITES")
NEWSSPIDER_SCHEDULE = os.environ.get("NEWSSPIDER_SCHEDULE")
LEDGER_URL = os.environ.get("LEDGER_URL")  # with a password in it, it must not be an argument of a process
FEEDS = {"%(output)s/%(site)s-%(run)s.jsonl": {"format": "jsonlines"}}

# -- a run that a person can read
LOG_LEVEL = "WARNING"
LOG_FORMAT = "%(levelname)s: %(message)s"
LOG_VERSIONS: list[str] = []
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
STATS_DUMP = False
