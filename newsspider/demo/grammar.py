"""Sentences from rules: a small context-free grammar whose rules are data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from newsspider.demo.draw import Draw

Facts = Mapping[str, str]
_Part = Callable[[Draw, Facts], str]

_SYMBOL = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"(\d+)\.\.(\d+)")


class Grammar:
    """Rules, compiled once: a name, and the forms it may take.

    In a form ``{name}`` is a fact or, where there is none, another rule; ``{3..40}`` is a number from the
    range. A name that is neither raises KeyError when it is written.

    >>> grammar = Grammar({"lead": ["{who} spoke for {2..2} {unit}."], "unit": ["hours"]})
    >>> grammar.write("lead", Draw(1), {"who": "Ann"})
    'Ann spoke for 2 hours.'
    """

    def __init__(self, rules: Mapping[str, Sequence[str]]) -> None:
        self._rules = {name: [self._compile(form) for form in forms] for name, forms in rules.items()}

    def write(self, rule: str, draw: Draw, facts: Facts) -> str:
        """Return one form of *rule*, every name in it filled; no form comes twice before all were used."""
        form = draw.turn(rule, self._rules[rule])
        return "".join(part if isinstance(part, str) else part(draw, facts) for part in form)

    def _compile(self, form: str) -> list[str | _Part]:
        # re.split with one group: text and symbols take turns
        pieces = _SYMBOL.split(form)
        return [self._symbol(piece) if index % 2 else piece for index, piece in enumerate(pieces)]

    def _symbol(self, name: str) -> _Part:
        if span := _RANGE.fullmatch(name):
            low, high = int(span[1]), int(span[2])
            return lambda draw, facts: str(draw.number(low, high))

        def value(draw: Draw, facts: Facts) -> str:
            fact = facts.get(name)
            return self.write(name, draw, facts) if fact is None else fact

        return value
