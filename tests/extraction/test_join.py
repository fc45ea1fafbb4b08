"""Articles in parts."""

from newsspider.extraction.join import is_whole, join_parts
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


def test_a_log_in_form_is_no_part() -> None:
    """A part behind a log-in form adds nothing to the article."""
    head = part(("paragraph", "One."))
    form = Article(page_type="login", blocks=(Block(role="paragraph", text="Log in to read on."),))
    assert join_parts(head, [form]) is head


def test_a_view_with_less_text_is_not_whole() -> None:
    """The one-page view must read as an article and have at least the text of the first part."""
    head, rest = part(("paragraph", "One and more.")), part(("paragraph", "One."))
    assert is_whole(head, head)
    assert not is_whole(rest, head)
