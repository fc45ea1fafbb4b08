"""The pinned floor: how well the project's own pages must be read, with and without site files.

Floors are in ``tests/quality.toml``. They are raised by hand when reading has become better for good.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from benchmarks.corpus import Gold
from benchmarks.scores import score, summarize
from benchmarks.systems import System, newsspider
from newsspider import find_site
from newsspider.demo import Edition, Newsroom
from newsspider.demo.newsroom import split
from newsspider.demo.truth import Truth

ROOT = Path(__file__).parents[1]
FLOOR: Mapping[str, Mapping[str, Mapping[str, float]]] = tomllib.loads(
    (ROOT / "tests" / "quality.toml").read_text("utf-8")
)
PLACEHOLDERS = frozenset({"advertisement", "advertisement scroll to continue", "also read", "read more"})


def demo() -> Iterator[tuple[Gold, bytes]]:
    """Yield the one-page articles of the demo newsroom, and their bytes."""
    newsroom = Newsroom(Edition(size=20))
    for truth in newsroom.truths():
        if truth.page_type == "article" and not truth.parts:
            yield _gold_of_truth(truth), newsroom.respond(*split(truth.url)).body


def fixtures() -> Iterator[tuple[Gold, bytes]]:
    """Yield the cases of ``fixtures/``, and their bytes."""
    for output in sorted((ROOT / "fixtures").glob("*/newsspider.poet.ArticlePage/*/output.json")):
        inputs = output.parent / "inputs"
        url = json.loads((inputs / "HttpResponse-info.json").read_text("utf-8"))["url"]
        yield (
            _gold_of_output(output, url, json.loads(output.read_text("utf-8"))),
            (inputs / "HttpResponse-body.html").read_bytes(),
        )


def _gold_of_truth(truth: Truth) -> Gold:
    standfirst = [block.text for block in truth.blocks if block.role == "standfirst"]
    dateline = f"{truth.dateline.raw} " if truth.dateline else ""
    return Gold(
        id=truth.url,
        site=truth.site,
        url=truth.url,
        path=Path(),
        text="\n\n".join([*standfirst, dateline + truth.article_body]),
        headline=truth.headline,
        authors=truth.authors or None,
        date_published=truth.date_published,
        keywords=truth.keywords or None,
        has_standfirst=bool(standfirst),
    )


def _gold_of_output(path: Path, url: str, output: Mapping[str, Any]) -> Gold:
    standfirst = [block["text"] for block in output["blocks"] if block["role"] == "standfirst"]
    dateline = output["dateline"]["raw"] + " " if output.get("dateline") else ""
    return Gold(
        id=str(path),
        site=output["site"],
        url=url,
        path=path,
        text="\n\n".join([*standfirst, dateline + output["article_body"]]),
        headline=output["headline"],
        authors=tuple(output.get("authors", ())) or None,
        date_published=output.get("date_published"),
        keywords=tuple(output.get("keywords", ())) or None,
        has_standfirst=bool(standfirst),
    )


PAGES: Mapping[str, Callable[[], Iterator[tuple[Gold, bytes]]]] = {"demo": demo, "fixtures": fixtures}
SYSTEMS: Mapping[str, System] = {
    "without_sites": newsspider(lambda url: None),
    "with_sites": newsspider(partial(find_site, folders=(ROOT / "newsspider" / "demo" / "sites",))),
}


def measured(pages: str, system: str) -> dict[str, float]:
    """Return the mean of each measure."""
    golds, scores = [], []
    for gold, body in PAGES[pages]():
        golds.append(gold)
        scores.append(score(gold, SYSTEMS[system](body, gold.url, None), PLACEHOLDERS))
    return {name: summary.mean for name, summary in summarize(scores, [gold.site for gold in golds]).items()}


@pytest.mark.parametrize("pages", PAGES)
@pytest.mark.parametrize("system", SYSTEMS)
def test_floor(pages: str, system: str) -> None:
    """No measure on the project's own pages is below its floor."""
    found = measured(pages, system)
    floor = FLOOR[pages][system]
    assert floor
    below = {name: (found[name], least) for name, least in floor.items() if found[name] < least}
    assert not below
