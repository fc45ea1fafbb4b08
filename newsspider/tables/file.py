"""A TOML file read as pydantic tables, or a line for each thing that is wrong, with the nearest valid key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

_REASONS = {
    "missing": "is missing",
    "string_type": "must be text",
    "float_type": "must be a number",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "date_type": "must be a date, such as 2026-04-16, without quotes",
    "list_type": "must be a list",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "string_too_short": "must not be empty",
}


class Table(BaseModel):
    """A table of a file: exact types, no key that is not named."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


TableT = TypeVar("TableT", bound=Table)


class TableError(ValueError):
    """A file is not what it should be; *problems* says how, a line each."""

    def __init__(self, *problems: str) -> None:
        super().__init__(problems[0])
        self.problems = problems


def read_table(file: Traversable, table: type[TableT], what: str) -> tuple[TableT, str]:
    """Return what *file* says, as a *table*, and its text; *what* names such a file: "site file".

    Raises :class:`TableError` with all that is wrong.
    """
    data, text = read_toml(file, what)
    try:
        return table.model_validate(data), text
    except ValidationError as error:
        # a misspelt key comes first: mostly it is why another one is missing
        found = sorted(error.errors(), key=lambda problem: problem["type"] != "extra_forbidden")
        lines = (_line(data, problem, table, what) for problem in found)
        raise TableError(*(f"{file}: {line}" for line in lines)) from error


def read_toml(file: Traversable, what: str) -> tuple[dict[str, Any], str]:
    """Return what *file* says, whatever its keys, and its text; raises :class:`TableError`."""
    try:
        text = file.read_text("utf-8")
        return tomllib.loads(text), text
    except FileNotFoundError as error:
        raise TableError(f"{file}: there is no such {what}") from error
    except OSError as error:
        raise TableError(f"{file}: can't be read: {error.strerror}") from error
    # numbers may be too long, and tables too deep, for Python
    except (ValueError, RecursionError) as error:
        raise TableError(f"{file}: not a TOML file: {error}") from error


def _line(data: Mapping[str, Any], problem: ErrorDetails, table: type[BaseModel], what: str) -> str:
    """Return the one line that says what pydantic found in *data*, read as a *table*."""
    *path, key = [step for step in problem["loc"] if isinstance(step, str)]
    place = _place(data, path, problem["loc"])
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "extra_forbidden":
        return f"{place}unknown key {key!r}{nearest(key, _keys(table, path))}"
    if kind in {"missing", "too_short"} and not path and _table_in(table.model_fields[key].annotation):
        return f"no [[{key}]]: a {what} needs at least one"
    if kind == "literal_error":
        near = nearest(str(problem["input"]), re.findall(r"'([^']*)'", context["expected"]))
        reason = f"must be {context['expected']}, not {problem['input']!r}{near}"
    else:
        reason = str(context.get("error") or _REASONS.get(kind) or problem["msg"])
    return f"{place}key {key!r}: {reason}"


def nearest(word: str, valid: Collection[str]) -> str:
    """Return a hint at the valid word that was meant, else at all that there are."""
    near = get_close_matches(word, valid, n=1, cutoff=0.5)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; there are {', '.join(valid)}" if valid else ""


def _place(data: Mapping[str, Any], path: Sequence[str], loc: Sequence[int | str]) -> str:
    """Return which table *path* leads to; one of a list by its name, or by its number where it has none."""
    if not path:
        return ""
    listed = len(loc) > 1 and isinstance(loc[1], int)
    brackets = f"[[{path[0]}]]" if listed and len(path) == 1 else f"[{'.'.join(path)}]"
    if not listed or not isinstance(loc[1], int):
        return f"{brackets}, "
    name = data[path[0]][loc[1]].get("name")
    return f"{brackets} of {name!r}, " if isinstance(name, str) else f"{brackets} number {loc[1] + 1}, "


def _keys(table: type[BaseModel], path: Sequence[str]) -> Collection[str]:
    for step in path:
        below = _table_in(table.model_fields[step].annotation)
        if below is None:
            return ()
        table = below
    return table.model_fields.keys()


def _table_in(annotation: object) -> type[BaseModel] | None:
    """Return the table in the type of a key, such as ``list[Table]`` or ``Table | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for found in map(_table_in, get_args(annotation)) if found), None)
