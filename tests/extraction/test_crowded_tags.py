"""Tags with thousands of attributes."""

import pytest

from newsspider.extraction.crowded_tags import without_crowded_tags

CROWD = b" ".join(b"a%d=1" % number for number in range(60_000))
QUOTED = b" ".join(b"""a%d="<p>" b%d='>'""" % (number, number) for number in range(40_000))
TEXT = b"It rained in the town for two hours. <b>Then</b> it did not, <i class=x>and the sun came out</i>. "


@pytest.mark.parametrize("crowd", [CROWD, QUOTED, QUOTED.replace(b"'", b"' ")])
def test_a_crowd_of_attributes_is_taken_away(crowd):
    """However the values are written, the tag and the text after it stay."""
    assert without_crowded_tags(b"<p id=a " + crowd + b">" + TEXT) == b"<p>" + TEXT


@pytest.mark.parametrize(
    "page",
    [
        b'<img src="data:image/png;base64,' + b"iVBORw0K" * 60_000 + b'">' + TEXT,
        b"<script>for (i=0;i<n;i++) {" + b" if (x > 1) x += 1;" * 60_000 + b"}</script>" + TEXT,
        TEXT * 10_000,
        b"<p " + CROWD[:50_000] + b">" + TEXT,
    ],
    ids=["picture", "script", "long", "small"],
)
def test_other_pages_stay_as_they_are(page):
    """Long values, long scripts, long pages, and crowds on small pages are left alone."""
    assert without_crowded_tags(page) == page
