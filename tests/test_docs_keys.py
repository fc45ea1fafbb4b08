"""docs/sites.md and docs/deploying.md say what the classes of their files say."""

import json
import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from newsspider.extraction.catalogue import load_site
from newsspider.extraction.site_tables import TABLES, SiteTable
from newsspider.scheduling.schedule_file import JobTable, NodeTable, ScheduleTable, read_schedule_file

DOCS = Path(__file__).parent.parent / "docs"
SITES, DEPLOYING = DOCS / "sites.md", DOCS / "deploying.md"
START, END = re.compile("<!-- keys: .*-->\n"), "<!-- end of keys -->"
SHOWN: dict[Path, tuple[type[BaseModel], ...]] = {
    SITES: (SiteTable, *TABLES.values()),
    DEPLOYING: (ScheduleTable, NodeTable, JobTable),
}
WORDS = {
    "str": "text",
    "float": "number",
    "int": "whole number",
    "bool": "true or false",
    "dict[str, str]": "table of text",
    "dict[str, Text]": "table of text",
    "NodeUrl": "URL",
    "Variables": "start of names",
    "Url": "URL",
    "Regex": "regular expression",
    "Expressions": "expression or list",
    "ExpressionsOrNone": "expression or list",
    "Elements": "expression or list, of elements",
    "Duration": "duration (`15m`, `6h`, `7d`)",
    "Period": "duration (`15m`, `6h`, `7d`)",
    "Cron": "cron expression",
    "Zone": "zone name",
}


def kind(annotation: str) -> str:
    """Return the type of a key in the words of a site file."""
    annotation = annotation.removesuffix(" | None")
    if annotation.startswith("Literal["):
        return " or ".join(
            "`" + value.replace("'", '"') + "`" for value in annotation[len("Literal[") : -1].split(", ")
        )
    if annotation.startswith("list["):
        return f"list: {kind(annotation[len('list[') : -1])}"
    return "table" if annotation.endswith("Table") else WORDS.get(annotation, annotation.lower())


def row(table: type[BaseModel], name: str, info: FieldInfo) -> str:
    default = "required" if info.is_required() else ""
    if not default and isinstance(info.default, (bool, int, float, str)):
        default = f"`{json.dumps(info.default)}`"
    if isinstance(info.default, timedelta):
        default = f'`"{info.default.total_seconds():.0f}s"`'
    return f"| `{name}` | {kind(table.__annotations__[name])} | {default} | {info.description} |"


def section(table: type[BaseModel]) -> str:
    title = (table.__doc__ or "").replace("``", "`").strip()
    rows = [row(table, name, info) for name, info in table.model_fields.items()]
    return "\n".join([title, "", "| key | type | default | meaning |", "|---|---|---|---|", *rows, ""])


def split(page: Path) -> tuple[str, str, str]:
    """Return what comes before the tables of keys, the tables, and what comes after them."""
    text = page.read_text("utf-8")
    start, end = START.search(text).end(), text.index(END)
    return text[:start], text[start:end], text[end:]


def keys(page: Path) -> str:
    return "\n" + "\n".join(section(table) for table in SHOWN[page]) + "\n"


@pytest.mark.parametrize("page", [SITES, DEPLOYING], ids=lambda page: page.name)
def test_the_tables_of_keys_are_those_of_the_classes(page: Path):
    """The generated part of the page is up to date."""
    assert split(page)[1] == keys(page)


def test_the_example_is_a_right_site_file_with_every_key(tmp_path):
    """The example loads, and no key of the format but quirks is missing from it."""
    (example,) = re.findall(r"```toml\n(.*?)```", SITES.read_text("utf-8"), re.DOTALL)
    path = tmp_path / "example-news.com.toml"
    path.write_text(example, encoding="utf-8")
    assert load_site(path).stem == "example-news.com"
    data = tomllib.loads(example)
    story = data["template"][0]
    shown = {SiteTable: data, TABLES["template"]: story} | {
        TABLES[name]: (story if name in story else data)[name] for name in TABLES if name != "template"
    }
    missing = {key for table, given in shown.items() for key in table.model_fields if key not in given}
    assert missing == {"quirks", "cron"}


def test_the_example_is_a_right_schedule_file_with_every_key(tmp_path):
    """The example loads, and no key of the format is missing from it."""
    (example,) = re.findall(r"```toml\n(.*?)```", DEPLOYING.read_text("utf-8"), re.DOTALL)
    path = tmp_path / "schedule.toml"
    path.write_text(example, encoding="utf-8")
    assert len(read_schedule_file(path).node) == 2
    data = tomllib.loads(example)
    given = {
        ScheduleTable: set(data),
        NodeTable: {key for node in data["node"] for key in node},
        JobTable: {key for job in data["job"] for key in job},
    }
    missing = {key for table, keys in given.items() for key in table.model_fields if key not in keys}
    assert missing == set()


if __name__ == "__main__":
    for page in SHOWN:
        before, _, after = split(page)
        page.write_text(before + keys(page) + after, encoding="utf-8")
