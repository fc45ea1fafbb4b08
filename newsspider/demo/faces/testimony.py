"""The truth of a site's pages, told from its stories and not from its markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsspider.demo.desk import Standing
from newsspider.demo.faces.face import Face
from newsspider.demo.story import Story
from newsspider.demo.truth import TrueBlock, TrueDateline, TrueImage, TruePlace, Truth

_DROPPED: Mapping[int, str] = {
    Standing.GALLERY: "gallery",
    Standing.VIDEO: "video",
    Standing.MEMBERS: "login",
    Standing.CONSENT: "consent",
    Standing.MISSING: "error",
}


def truths(face: Face) -> Iterator[Truth]:
    """Yield the truth of every page of *face* that looks like an article, the standing ones first."""
    for standing in Standing:
        yield truth(face, standing)
    for number in face.desk.ordinary():
        yield truth(face, number)


def truth(face: Face, number: int) -> Truth:
    """Return the truth of story *number* of *face*."""
    url = face.absolute(face.link(number))
    dropped = _DROPPED.get(number)
    story = face.desk.story(number)
    if dropped:
        return Truth(
            site=face.beat.host, url=url, canonical_url=url, exported=False, dropped=dropped,
            page_type=dropped, headline=story.outline.headline,
        )  # fmt: skip
    outline, style = story.outline, face.beat.style
    # a live blog shows its entries and little else
    live = number == Standing.LIVE
    return Truth(
        site=face.beat.host,
        url=url,
        canonical_url=face.true_canonical(number),
        exported=True,
        page_type="live_blog" if live else "article",
        headline=outline.headline,
        description=face.description(story),
        authors=outline.authors,
        date_published=face.published(story),
        date_modified=face.modified(story),
        dateline=None if live else _dateline(story),
        blocks=tuple(_blocks(face, story)),
        credits=(story.ending.strip("()"),) if story.ending and face.ends(number) else (),
        keywords=outline.keywords if style.keywords and not live else (),
        article_section=None if live else outline.section.title,
        breadcrumbs=() if live else face.breadcrumbs(story),
        images=(TrueImage(face.picture(number), story.caption, story.credit),)
        if style.images and not live
        else (),
        in_language=face.beat.locale,
        publisher=face.beat.name,
        is_accessible_for_free=None if live else face.free(number),
        related_urls=() if live else tuple(map(face.absolute, map(face.link, face.related(number)))),
        also_at=face.also_at(number),
        parts=face.parts(number),
    )


def _blocks(face: Face, story: Story) -> Iterator[TrueBlock]:
    number = story.outline.number
    if face.beat.style.standfirst:
        yield TrueBlock("standfirst", story.outline.standfirst)
    if number == Standing.LIVE:
        for _, heading, text in face.entries(story):
            yield TrueBlock("heading", heading)
            yield TrueBlock("paragraph", text)
        return
    for passage in face.shown(story):
        yield TrueBlock(passage.role, passage.text)


def _dateline(story: Story) -> TrueDateline | None:
    filed = story.filed
    if filed is None:
        return None
    return TrueDateline(
        raw=filed.raw,
        places=tuple(TruePlace(spot.name, spot.within or None) for spot in filed.places),
        date=filed.day.isoformat() if filed.day else None,
        agency=filed.agency,
    )
