"""What pages may do to the browser, and through it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spiders.conftest import Answer, Run, ScriptedSite, address, listing, run_crawl, story

HOST = "http://trap.test"
SITE = """
format = 1
name = "Trap"
domains = ["trap.test"]
sections = ["http://trap.test/news"]
[crawl]
delay = 0.0
render_timeout = 15.0
[[template]]
name = "story"
match = "article h1"
render = true
"""
SNOOP = """
for (const url of ["http://127.0.0.1:8008/secret", "http://localhost/secret", "http://[::1]/secret",
                   "http://169.254.169.254/secret", "file:///etc/passwd"]) {
  fetch(url).then((found) => found.text()).then((text) => document.body.append("LEAK", text)).catch(() => 0);
  const frame = document.createElement("iframe");
  frame.src = url;
  document.body.append(frame);
}
for (const tag of ["script", "iframe"]) {
  document.body.append(Object.assign(document.createElement(tag), { src: `/hop/${tag}` }));
}
fetch("/hop/fetch").then(() => document.body.append("LEAK")).catch(() => 0);
new Worker("/work.js");
window.open("http://trap.test/popup");
new WebSocket("ws://trap.test/socket");
document.body.append(Object.assign(new Image(), { src: "http://trap.test/picture.png" }));
const ad = document.createElement("script");
ad.src = "http://ads.doubleclick.net/secret.js";
document.head.append(ad);
navigator.serviceWorker?.register("/worker.js").catch(() => 0);
"""


def shell(number: int, script: str = "") -> str:
    """Return a page whose script builds the article *number*, after *script*."""
    article = story(number).partition("<body>")[2].partition("</body>")[0]
    return (
        f"<html><head><title>Trap</title></head><body><div id=root></div>"
        f"<script>{script};root.innerHTML = {article!r};</script></body></html>"
    )


@pytest.fixture
def run(chromium: str, site: ScriptedSite, tmp_path: Path) -> Run:
    site.says(f"{HOST}/robots.txt", "User-agent: *\nAllow: /")
    site.says(f"{HOST}/news", listing(*map(address, range(1, 9))))
    pages = {
        1: shell(1),
        2: shell(2, SNOOP),
        3: shell(3, "while (true);"),
        4: Answer(shell(4).encode(), 404),
        5: shell(5, "location.href = 'http://elsewhere.test/away'"),
        6: Answer(b"PK", 200, {"Content-Type": "application/zip", "Content-Disposition": "attachment"}),
        7: shell(7, "alert('Hello'); window.onbeforeunload = () => 'Stay'"),
        8: Answer(status=302, headers={"Location": f"{HOST}/hop/page"}),
    }
    for kind in ("script", "iframe", "fetch", "thread", "page"):
        site.says(f"{HOST}/hop/{kind}", Answer(status=302, headers={"Location": f"{HOST}/hop/{kind}/on"}))
        inside = {"Location": f"http://127.0.0.1:8008/secret/{kind}", "Access-Control-Allow-Origin": "*"}
        site.says(f"{HOST}/hop/{kind}/on", Answer(status=302, headers=inside))
    site.says(f"{HOST}/work.js", Answer(b"fetch('/hop/thread')", headers={"Content-Type": "text/javascript"}))
    for number, page in pages.items():
        site.says(f"{HOST}{address(number)}", page)
    site.says("http://elsewhere.test/away", story(9))
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "trap.test.toml").write_text(SITE)
    return run_crawl(
        tmp_path, "-a", "site=trap.test", "-a", "related_depth=0", "-s", "RENDERER=playwright",
        "-s", "RETRY_TIMES=0", http_proxy=site.url, no_proxy="", NEWSSPIDER_SITES=str(tmp_path / "sites"),
    )  # fmt: skip


def test_what_pages_try(run: Run, site: ScriptedSite) -> None:
    """Pages reach nothing inside, not by redirects either, open nothing, save nothing; a hung one ends."""
    headlines = sorted(str(item["headline"]).split()[1] for item in run.items)
    assert headlines == ["1", "2", "7"], run.text
    failed = run.counts("failed")
    assert failed == {
        "render_timeout": 1,
        "http_404": 1,
        "offsite": 1,
        "private_address": 1,
        "no_document": 1,
    }
    assert not any("LEAK" in str(item) or "root:" in str(item) for item in run.items)
    hops = [path for path in site.paths() if path.startswith(f"{HOST}/hop/") and path.endswith("/on")]
    assert len(hops) == 5  # all were followed, and none further
    for word in ("secret", "popup", "socket", "picture", "worker"):
        assert not [path for path in site.paths() if word in path]
