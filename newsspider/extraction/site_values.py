"""Expressions as values of a site file: each is compiled, and what is wrong with it is said."""

from __future__ import annotations

from typing import Annotated

from pydantic import PlainValidator

from newsspider.extraction.select import Alternatives, compile_expression


def _expressions(value: object) -> Alternatives:
    texts = [value] if isinstance(value, str) else value
    if not (isinstance(texts, list) and texts and all(isinstance(text, str) for text in texts)):
        raise ValueError("must be an expression, or a list of them")
    return tuple(compile_expression(text) for text in texts)


def _expressions_or_none(value: object) -> Alternatives:
    return () if value == [] else _expressions(value)


def _elements(value: object) -> Alternatives:
    expressions = _expressions(value)
    for expression in expressions:
        if expression.selects != "nodes":
            raise ValueError(f"must point to elements, and {expression.text!r} gives only text")
    return expressions


Expressions = Annotated[Alternatives, PlainValidator(_expressions)]
ExpressionsOrNone = Annotated[Alternatives, PlainValidator(_expressions_or_none)]
Elements = Annotated[Alternatives, PlainValidator(_elements)]
