from __future__ import annotations

from newsspider.extraction.body import read_container
from newsspider.items import body_of
from tests.extraction.body.pages import PARAGRAPHS, page, paragraphs, story


def _container(inner: str) -> str:
    made = page(story(inner))
    return body_of(read_container(made, made.root.cssselect(".story-body")))


def test_a_named_container_is_read_whole() -> None:
    """Short lines that a guess might leave out are kept: the template's word counts."""
    assert _container(f"<p>Wexmoor.</p>{paragraphs()}<p>Ends.</p>").split("\n\n") == [
        "Wexmoor.",
        *PARAGRAPHS,
        "Ends.",
    ]


def test_what_is_never_text_is_left_out_of_a_container() -> None:
    """Asides, captions, ad slots, related boxes and hidden copies in the container are no text."""
    extra = (
        "<aside>Listen to this story</aside><figure><figcaption>A ship</figcaption></figure>"
        '<div class="ad-slot">Buy boots</div><div class="related-box">More</div><p hidden>Copy</p>'
    )
    assert _container(f"<p>{PARAGRAPHS[0]}</p>{extra}{paragraphs(PARAGRAPHS[1:])}").split("\n\n") == list(
        PARAGRAPHS
    )


def test_an_element_with_much_of_the_text_stays_whatever_its_name() -> None:
    """A name says nothing about an element that holds most of the container's text."""
    assert _container(f'<div class="promo-wrapper">{paragraphs()}</div>').split("\n\n") == list(PARAGRAPHS)


def test_dropped_elements_and_all_after_the_stop_are_left_out() -> None:
    """A template's own drop and stop are obeyed."""
    made = page(
        story(f'{paragraphs()}<p id="gone">Gone</p><p>Kept</p><h3 id="end">Also read</h3><p>After</p>')
    )
    root = made.root
    blocks = read_container(
        made,
        root.cssselect(".story-body"),
        drop=[root.find('.//*[@id="gone"]')],
        stop=root.find('.//*[@id="end"]'),
    )
    assert [block.text for block in blocks] == [*PARAGRAPHS, "Kept"]
