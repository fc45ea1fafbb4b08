"""Every shipped site has a case, and the cases are what they claim to be."""

import json
from pathlib import Path

import pytest

from newsspider.extraction.catalogue import SHIPPED, all_sites, find_site

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = sorted(path.parent for path in FIXTURES.glob("*/newsspider.poet.ArticlePage/*/output.json"))


def test_every_shipped_site_has_a_case():
    """Each shipped site file is held by at least one case, in the folder of its name."""
    assert {site.stem for site in all_sites([SHIPPED])} <= {case.parent.parent.name for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.parent.name}/{case.name}")
def test_a_case_is_read_by_the_site_file_it_is_for(case):
    """A case's page lies on its site, and one of the site's templates reads it."""
    output = json.loads((case / "output.json").read_text("utf-8"))
    site = find_site(output["url"])
    assert site is not None
    assert output["site"] == site.stem == case.parent.parent.name
    assert output["template"] in [template.name for template in site.templates]
    assert all(output.get(name) for name in ("headline", "article_body", "date_published", "blocks"))


def test_no_case_holds_a_page_that_was_not_written_for_it():
    """A page of a case is a skeleton of some kilobytes; a saved page would be many times that."""
    sizes = [path.stat().st_size for path in FIXTURES.rglob("HttpResponse-body.html")]
    assert max(sizes) < 12_000
