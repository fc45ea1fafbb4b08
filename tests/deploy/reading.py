"""Runs in a node's Python with an egg: what of it is read, and what its pages give. Says so as JSON."""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from datetime import UTC, datetime
from importlib import resources
from zipimport import zipimporter

AGO = b"""<html><body><article><h1>The ferry is late</h1><time>2 hours ago</time>
<p>The ferry that was due in the morning came in the afternoon, and nobody on the quay was told why.</p>
</article></body></html>"""
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
read: set[str] = set()
opened, got = zipfile.ZipFile.open, zipimporter.get_data


def noted_open(self: zipfile.ZipFile, name: object, *args: object, **options: object) -> object:
    read.add(getattr(name, "filename", name))
    return opened(self, name, *args, **options)


def noted_get(self: zipimporter, path: str) -> bytes:
    read.add(path.removeprefix(f"{sys.argv[1]}/"))
    return got(self, path)


def data_files(folder: resources.abc.Traversable, path: str) -> dict[str, str]:
    found = {}
    for entry in folder.iterdir():
        if entry.is_dir():
            found |= data_files(entry, f"{path}/{entry.name}")
        elif not entry.name.endswith((".py", ".pyc")):
            found[f"{path}/{entry.name}"] = hashlib.sha256(entry.read_bytes()).hexdigest()
    return found


def report() -> None:
    zipfile.ZipFile.open, zipimporter.get_data = noted_open, noted_get
    sys.path.insert(0, sys.argv[1])

    import newsspider  # noqa: PLC0415
    from newsspider.demo import Edition, Newsroom  # noqa: PLC0415
    from newsspider.demo.newsroom import split  # noqa: PLC0415
    from newsspider.exporters import as_line  # noqa: PLC0415
    from newsspider.extraction.catalogue import SHIPPED, catalogue  # noqa: PLC0415

    sites = [catalogue(SHIPPED).load(stem).name for stem in catalogue(SHIPPED).files]
    newsroom = Newsroom(Edition(size=3))
    articles = []
    for truth in newsroom.truths():
        body = newsroom.respond(*split(truth.url)).body
        articles.append(as_line(newsspider.clean(newsspider.extract(body, truth.url, encoding="utf-8"))))
    # a table that only a page without an absolute date asks for
    articles.append(as_line(newsspider.extract(AGO, "https://news.test/ferry", now=NOW)))
    by_code = sorted(read)
    print(
        json.dumps(
            {
                "from": newsspider.__file__,
                "sites": sites,
                "articles": articles,
                "read": by_code,
                "data": data_files(resources.files("newsspider"), "newsspider"),
            }
        )
    )


if __name__ == "__main__":
    report()
