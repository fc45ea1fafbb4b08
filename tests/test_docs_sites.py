"""docs/sites.md says what the classes say."""

import json
import re
import tomllib
from pathlib import Path

from pydantic.fields import FieldInfo

from newsspider.extraction.site import load_site
from newsspider.extraction.site_tables import TABLES, SiteTable, Table

DOC = Path(__file__).parent.parent / "docs" / "sites.md"
START, END = "site_tables.py -->\n", "<!-- end of keys -->"
SHOWN = (SiteTable, *TABLES.values())
WORDS = {
    "str": "text",
    "float": "number",
    "int": "whole number",
    "bool": "true or false",
    "dict[str, str]": "table of text",
    "Url": "URL",
    "Regex": "regular expression",
    "Expressions": "expression or list",
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


def row(table: type[Table], name: str, info: FieldInfo) -> str:
    default = "required" if info.is_required() else ""
    if not default and isinstance(info.default, (bool, int, float, str)):
        default = f"`{json.dumps(info.default)}`"
    return f"| `{name}` | {kind(table.__annotations__[name])} | {default} | {info.description} |"


def section(table: type[Table]) -> str:
    title = (table.__doc__ or "").replace("``", "`").strip()
    rows = [row(table, name, info) for name, info in table.model_fields.items()]
    return "\n".join([title, "", "| key | type | default | meaning |", "|---|---|---|---|", *rows, ""])


def keys() -> str:
    return "\n" + "\n".join(section(table) for table in SHOWN) + "\n"


def test_the_tables_of_keys_are_those_of_the_classes():
    """The generated part of the page is up to date."""
    text = DOC.read_text("utf-8")
    assert text[text.index(START) + len(START) : text.index(END)] == keys()


def test_the_example_is_a_right_site_file_with_every_key(tmp_path):
    """The example loads, and no key of the format but quirks is missing from it."""
    (example,) = re.findall(r"```toml\n(.*?)```", DOC.read_text("utf-8"), re.DOTALL)
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


if __name__ == "__main__":
    text = DOC.read_text("utf-8")
    DOC.write_text(
        text[: text.index(START) + len(START)] + keys() + text[text.index(END) :], encoding="utf-8"
    )
