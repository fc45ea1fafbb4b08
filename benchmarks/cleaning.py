"""How well cleaning does: on real datelines and placeholders, and on gold text, which it should leave alone.

    python -m benchmarks.cleaning ../shared/lists ../shared/corpus/publishers ../shared/corpus/site-eras

The lists are datelines.tsv (text, place, date, agency), dateline_negatives.tsv (text first) and
boilerplate_lines.tsv (text, category, language); lines are halved by their hash, half of them to tune on.
Labels of the datelines in the corpora: ``tests/labels/datelines.tsv`` (corpus, id, paragraph, start, end).
"""

from __future__ import annotations

import argparse
import hashlib
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Gold, Half, read_corpus
from newsspider.cleaning import clean
from newsspider.cleaning.agencies import standard_name
from newsspider.cleaning.datelines import dateline, read_dateline
from newsspider.cleaning.days import parse_day
from newsspider.cleaning.policy import DEFAULT
from newsspider.extraction.text import fold, normalize
from newsspider.items import Article, Block, body_of

LABELS = Path(__file__).parent.parent / "tests" / "labels" / "datelines.tsv"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many."""

    name: str
    hits: int
    of: int

    def __str__(self) -> str:
        share = f"{self.hits / self.of:.4f}" if self.of else "-"
        return f"{self.name:<52} {self.hits:>6} of {self.of:>6}  {share}"


def rows(path: Path, half: Half = "all") -> Iterator[list[str]]:
    """Yield the rows of the list at *path* that belong to *half*."""
    for line in path.read_text("utf-8").splitlines():
        mine = "held" if int(hashlib.sha256(line.encode()).hexdigest(), 16) % 2 else "tune"
        if half in ("all", mine):
            yield line.split("\t")


def article_of(texts: Iterable[str], **fields: str | None) -> Article:
    """Return an article with a paragraph for each of *texts*."""
    blocks = tuple(Block(role="paragraph", text=text) for text in map(normalize, texts) if text)
    return Article(blocks=blocks, article_body=body_of(blocks), **fields)  # type: ignore[arg-type]


def article_of_gold(page: Gold) -> Article:
    """Return the article whose paragraphs are the lines of *page*'s gold text."""
    return article_of(re.split(r"\n+", page.text), headline=page.headline, date_published=page.date_published)


def dateline_rates(folder: Path, half: Half) -> list[Rate]:
    """Return how the real datelines and the look-alikes in *folder* are read."""
    found = places = days = agencies = total = 0
    for text, place, day, agency, *_ in rows(folder / "datelines.tsv", half):
        total += 1
        reading = read_dateline(normalize(text))
        if reading is None:
            continue
        found += 1
        named = " ".join(f"{one.name} {one.within or ''}" for one in reading.places)
        places += fold(named) == " ".join(word for word in fold(place).split() if word != "and")
        days += reading.day == (parse_day(day) if day else None)
        agencies += reading.agency == ((standard_name(agency) or agency) if agency else None)
    negatives = [text for text, *_ in rows(folder / "dateline_negatives.tsv")]
    cut = sum(bool(clean(article_of([text])).dateline) for text in negatives)
    return [
        Rate(f"datelines found ({half})", found, total),
        Rate("  places right", places, found),
        Rate("  day right", days, found),
        Rate("  agency right", agencies, found),
        Rate("look-alikes cut (all)", cut, len(negatives)),
    ]


def placeholder_rate(folder: Path, half: Half) -> Rate:
    """Return how many lines in *folder* go when they stand alone."""
    gone = total = 0
    for text, category, *_ in rows(folder / "boilerplate_lines.tsv", half):
        total += 1
        cleaned = clean(article_of([text]))
        gone += bool(cleaned.removed) if category.endswith("_glued") else not cleaned.blocks
    return Rate(f"placeholder lines removed ({half})", gone, total)


def corpus_rates(folder: Path, labels: set[tuple[str, ...]]) -> Iterator[Rate | str]:
    """Yield what cleaning does to the gold paragraphs in *folder*: it should take nothing but datelines."""
    pages = read_corpus(folder)
    paragraphs = 0
    taken: list[str] = []
    spans: set[tuple[str, ...]] = set()
    seconds = 0.0
    for page in pages:
        article = article_of_gold(page)
        paragraphs += len(article.blocks)
        start = time.process_time()
        cleaned = clean(article)
        seconds += time.process_time() - start
        spans |= {(folder.name, page.id, *span) for span in _spans(dateline(article, DEFAULT))}
        taken += [f"  {page.id} {r.rule}: {r.text[:100]}" for r in cleaned.removed if r.rule != "dateline"]
    mine = {label for label in labels if label[0] == folder.name}
    yield Rate(f"{folder.name}: datelines, precision", len(spans & mine), len(spans))
    yield Rate(f"{folder.name}: datelines, recall", len(spans & mine), len(mine))
    yield Rate(f"{folder.name}: gold paragraphs taken or cut", len(taken), paragraphs)
    yield f"{folder.name}: {1000 * seconds / len(pages):.2f} ms an article (process time)"
    yield from taken


def _spans(article: Article) -> Iterator[tuple[str, str, str]]:
    line = article.dateline
    if line is not None:
        yield str(line.block), str(line.start), str(line.start + len(line.raw))


def main() -> None:
    """Print the rates."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("lists", type=Path)
    parser.add_argument("corpora", type=Path, nargs="*")
    arguments = parser.parse_args()
    halves: tuple[Half, Half] = ("tune", "held")
    for half in halves:
        for rate in (*dateline_rates(arguments.lists, half), placeholder_rate(arguments.lists, half)):
            print(rate)
    labels = {tuple(row) for row in rows(LABELS) if not row[0].startswith("#")}
    for corpus in arguments.corpora:
        for line in corpus_rates(corpus, labels):
            print(line)


if __name__ == "__main__":
    main()
