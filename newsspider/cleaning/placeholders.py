"""The rules that phrases alone decide: lines that hold the place of something that is not on the page.

All of them are :func:`~newsspider.cleaning.lines.strip` with the phrases of their name; what each takes:

>>> from newsspider.items import Block
>>> from newsspider.cleaning.policy import DEFAULT
>>> def left(rule, *lines):
...     blocks = tuple(Block(role="paragraph", text=line) for line in lines)
...     return [block.text for block in rule(Article(blocks=blocks), DEFAULT).blocks]
>>> left(ads, "Advertisement", "Anzeige", "Anzeige gegen sie", "Report an ad")
['Anzeige gegen sie']
>>> left(continuation, "Advertisement · Scroll to continue", "Der Artikel geht weiter")
['Der Artikel geht weiter']
>>> left(promos, "Sign up for our newsletter", "CLICK HERE TO GET THE APP", "They sign up for the army.")
['They sign up for the army.']
>>> left(social, "Share on Twitter", "View Comments", "The share fell on Monday.")
['The share fell on Monday.']
>>> left(embeds, "To view this video please enable JavaScript", "He viewed the video.")
['He viewed the video.']
>>> left(paywall, "Already a subscriber? Log in", "Subscribers are leaving.")
['Subscribers are leaving.']
>>> left(consent, "We use cookies to make this site better.", "She bakes cookies.")
['She bakes cookies.']
>>> left(notes, "This story has not been edited by the staff.", "The story was edited out.")
['The story was edited out.']
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from newsspider.cleaning.lines import strip
from newsspider.cleaning.policy import CleaningPolicy
from newsspider.items import Article

Rule: TypeAlias = Callable[[Article, CleaningPolicy], Article]


def phrase_rule(name: str) -> Rule:
    """Return the rule that takes out what the phrases under *name* say."""

    def rule(article: Article, policy: CleaningPolicy) -> Article:
        return strip(article, name)

    rule.__name__ = rule.__qualname__ = name
    rule.__doc__ = f"Remove what the phrases under ``{name}`` say."
    return rule


ads = phrase_rule("ads")
continuation = phrase_rule("continuation")
promos = phrase_rule("promos")
social = phrase_rule("social")
embeds = phrase_rule("embeds")
paywall = phrase_rule("paywall")
consent = phrase_rule("consent")
notes = phrase_rule("notes")
