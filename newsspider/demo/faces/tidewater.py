"""A town paper of 2012: its articles come by XMLHttpRequest, written in the JavaScript of its time."""

from __future__ import annotations

from datetime import timedelta

from newsspider.demo.beat import Beat, Section, Style
from newsspider.demo.faces.scripted import Scripted


class Tidewater(Scripted):
    """Tidewater Times. More stories come by a click."""

    folder = "tidewater"
    scripts = ("site.js",)
    related_shown = 3
    beat = Beat(
        host="tidewater.test",
        name="Tidewater Times",
        language="en",
        locale="en",
        offset=timedelta(0),
        sections=(
            Section("world", "World", "world"),
            Section("business", "Business", "business"),
        ),
        style=Style(standfirst=True, datelines=0.5),
        per_page=5,
    )
