"""How well systems read articles: ``python -m benchmarks.quality CORPUS... [--systems A,B] [--half held]``.

For each corpus one table, a row a measure and a column a system, with 95% bootstrap intervals over sites in
the JSON (and in the table with ``--intervals``). ``--worst N`` lists the pages where the first system loses
most; use it on the tune half only. Nothing is cached: every run reads every page afresh.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.corpus import Gold, read_corpus
from benchmarks.metrics import fold_words
from benchmarks.scores import MEASURES, Scores, Summary, score, summarize
from benchmarks.systems import SYSTEMS, Reading, System, make
from newsspider.extraction.body import guess
from newsspider.extraction.body.model import from_arrays

TUNED_MODEL = Path(__file__).with_name("body_tune.npz")
"""The body model that has learned from the tune halves only; the shipped one has learned from all pages."""
PLACEHOLDERS = Path("../shared/lists/boilerplate_lines.tsv")
_FIELD_OF = {
    "headline": "headline",
    "authors": "authors",
    "day": "date_published",
    "instant": "date_published",
    "keywords_f1": "keywords",
}
DEFAULT_SYSTEMS = ("newsspider", "newsspider-raw", "newsspider+sites", "newsspider+sites-raw")


@dataclass(frozen=True, slots=True)
class Result:
    """What one system did on one corpus."""

    pages: Sequence[Gold]
    readings: list[Reading]
    scores: list[Scores]
    failures: dict[str, str]
    """Id of a page on which the system raised → the error; such a page counts as read empty."""

    def summaries(self) -> dict[str, Summary]:
        """Return each measure's mean and interval."""
        return summarize(self.scores, [page.site for page in self.pages])


def use_body_model(path: Path) -> None:
    """Read bodies by the model in *path* instead of the shipped one."""
    with np.load(path, allow_pickle=False) as arrays:
        trained = from_arrays(arrays)
    guess.load = lambda: trained  # type: ignore[assignment]


def main(argv: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its tables."""
    options = _parser().parse_args(argv)
    model = options.body_model or (TUNED_MODEL if options.half == "held" else None)
    if model:
        use_body_model(model)
    names = [name for name in options.systems.split(",") if options.sites or "+sites" not in name]
    systems = {name: make(name) for name in names}
    placeholders = read_placeholders(options.placeholders)
    console = Console(width=None if sys.stdout.isatty() else 40 + 22 * len(systems))
    report = {}
    for folder in options.corpora:
        pages = choose(read_corpus(folder, options.half), options)
        results = {
            name: measure(system, pages, placeholders, partial(track, description=f"{folder.name} {name}"))
            for name, system in systems.items()
        }
        read_by = f"body model: {model.name if model else 'shipped'}"
        title = f"{folder.name}, half: {options.half}, {len(pages)} pages, {read_by}"
        console.print(table(title, results, intervals=options.intervals))
        for name, result in results.items():
            for page, error in list(result.failures.items())[:3]:
                console.print(f"{name} raised on {page}: {error}", highlight=False, markup=False)
        for line in [line for by in options.by for line in worst(results[names[0]], options.worst, by)]:
            console.print(line, highlight=False, markup=False, soft_wrap=True)
        report[folder.name] = {name: as_json(result) for name, result in results.items()}
    if options.json:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")


def choose(pages: list[Gold], options: argparse.Namespace) -> list[Gold]:
    """Return the pages that *options* ask for, the same ones for the same options."""
    if options.only_with_site:
        from newsspider import find_site  # noqa: PLC0415 - peers can be measured without newsspider

        pages = [page for page in pages if find_site(page.url)]
    if options.sample and options.sample < len(pages):
        pages = random.Random(2026).sample(pages, options.sample)
    return pages


def measure(
    system: System,
    pages: Sequence[Gold],
    placeholders: frozenset[str],
    progress: Callable[[Sequence[Gold]], object] = iter,
) -> Result:
    """Return the scores of *system* on *pages*."""
    result = Result(pages, [], [], {})
    for gold in progress(pages):
        # a system that throws is a finding, not the end of the run
        try:
            reading = system(gold.body(), gold.url, gold.fetched)
        except Exception as error:
            result.failures[gold.id] = f"{type(error).__name__}: {error}"[:200]
            reading = Reading(body="", headline="", authors=(), date_published="", keywords=())
        result.readings.append(reading)
        result.scores.append(score(gold, reading, placeholders))
    return replace(result, scores=_of_what_it_has(result))


def _of_what_it_has(result: Result) -> list[Scores]:
    # a page that raised is wrong in the fields that the system has, not in those it has not
    read = [s for page, s in zip(result.pages, result.scores, strict=True) if page.id not in result.failures]
    has = {name for scores in read or result.scores for name in scores}
    return [{name: value for name, value in scores.items() if name in has} for scores in result.scores]


def read_placeholders(path: Path) -> frozenset[str]:
    """Return the folded lines of a list of ad and promo lines; none where there is no list."""
    if not path.exists():
        return frozenset()
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return frozenset(fold_words(row[0]) for row in rows if row) - {""}


def table(title: str, results: Mapping[str, Result], *, intervals: bool) -> Table:
    """Return the comparison, a row a measure, a column a system."""
    summaries = {name: result.summaries() for name, result in results.items()}
    grid = Table("measure", title=title)
    for name in summaries:
        grid.add_column(name, justify="right")
    for measure_name in MEASURES:
        row = [summary.get(measure_name) for summary in summaries.values()]
        if any(row):
            grid.add_row(measure_name, *(_cell(cell, intervals=intervals) for cell in row))
    grid.add_row("pages that raised", *(str(len(result.failures)) for result in results.values()))
    return grid


def _cell(summary: Summary | None, *, intervals: bool) -> str:
    if summary is None:
        return "-"
    if not intervals:
        return f"{summary.mean:.3f}"
    return f"{summary.mean:.3f} [{summary.low:.3f}, {summary.high:.3f}]"


def worst(result: Result, count: int, measure_name: str) -> list[str]:
    """Return a line for each of the *count* pages that score lowest by *measure_name*, and below 1."""
    rows = zip(result.pages, result.readings, result.scores, strict=True)
    lost = [row for row in rows if row[2].get(measure_name, 1.0) < 1.0]
    lost.sort(key=lambda row: row[2][measure_name])
    field = _FIELD_OF.get(measure_name)
    return [
        f"{scores[measure_name]:.3f}  {page.id}  "
        + (
            f"gold {getattr(page, field)!r}  found {getattr(reading, field)!r}"
            if field
            else f"P {scores['body_precision']:.3f}  R {scores['body_recall']:.3f}  {page.url}"
        )
        + f"  {result.failures.get(page.id, '')}".rstrip()
        for page, reading, scores in lost[:count]
    ]


def as_json(result: Result) -> dict[str, object]:
    """Return *result* as JSON: summaries, failures, and the scores of each page by id."""
    return {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "measures": {name: asdict(summary) for name, summary in result.summaries().items()},
        "failures": result.failures,
        "pages": {page.id: scores for page, scores in zip(result.pages, result.scores, strict=True)},
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS")
    parser.add_argument("--systems", default=",".join(DEFAULT_SYSTEMS), help=f"of {', '.join(SYSTEMS)}")
    parser.add_argument("--sites", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--only-with-site", action="store_true", help="only pages that a site file knows")
    parser.add_argument("--half", choices=("tune", "held", "all"), default="all")
    parser.add_argument("--sample", type=int, metavar="N", help="N pages of each corpus, always the same")
    parser.add_argument("--intervals", action="store_true", help="print the 95%% intervals")
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    parser.add_argument("--by", choices=MEASURES, default=["body_f1"], nargs="+", help="for --worst")
    parser.add_argument("--placeholders", type=Path, default=PLACEHOLDERS)
    parser.add_argument(
        "--body-model", type=Path, metavar="FILE", help=f"default: {TUNED_MODEL.name} for held, else shipped"
    )
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser


if __name__ == "__main__":
    main()
