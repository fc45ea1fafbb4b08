"""Why a page was read as it was, for a person who asks."""

from __future__ import annotations

from collections.abc import Iterator

from newsspider.extraction.reader import Explanation

_SHOWN = 70  # characters of a piece of text


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """Yield it line by line: template, page type, where each field is from, each piece of text."""
    article = explanation.article
    for misfit in explanation.misfits:
        yield f"template {misfit.template.name!r} does not fit: {misfit.reason}"
    yield f"read by: {article.template}"
    reasons = "; ".join((f"{article.page_type_confidence:.2f}", *explanation.reasons))
    yield f"page type: {article.page_type} ({reasons})"
    for name, source in article.provenance.items():
        yield f"{name}: {source}"
    for decision in explanation.decisions:
        mark = "kept" if decision.kept else "left"
        text = decision.text if len(decision.text) <= _SHOWN else decision.text[: _SHOWN - 3] + "..."
        yield f"{mark} {decision.score:.2f} {text!r}: {', '.join(decision.reasons)}"
