"""Articles in parts."""

from newsspider.extraction.join import join_parts
from newsspider.items import Article, Block, Image, body_of


def part(*blocks: tuple[str, str], images: tuple[Image, ...] = ()) -> Article:
    made = tuple(Block(role=role, text=text) for role, text in blocks)
    return Article(headline="Rain", blocks=made, article_body=body_of(made), images=images)


def test_standfirst_comes_once() -> None:
    """The standfirst that each part repeats is in the joined article once."""
    head = part(("standfirst", "Why it rains"), ("paragraph", "One."))
    second = part(("standfirst", "Why it rains"), ("paragraph", "Two."))
    assert [block.text for block in join_parts(head, [second]).blocks] == ["Why it rains", "One.", "Two."]


def test_a_parts_own_opening_is_text() -> None:
    """What looks like a standfirst on a later part is part of the text."""
    joined = join_parts(
        part(("paragraph", "One.")), [part(("standfirst", "Two opens."), ("paragraph", "Two."))]
    )
    assert joined.article_body == "One.\n\nTwo opens.\n\nTwo."


def test_pictures_are_joined() -> None:
    """Each picture of any part is there once, in order."""
    one, two = Image(url="https://a.example/1.jpg"), Image(url="https://a.example/2.jpg")
    assert join_parts(part(images=(one,)), [part(images=(one, two))]).images == (one, two)


def test_no_parts() -> None:
    """Without parts the head is returned as it is."""
    head = part(("paragraph", "One."))
    assert join_parts(head, []) is head
