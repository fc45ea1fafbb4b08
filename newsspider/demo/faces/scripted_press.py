"""The press of a scripted site: a shell at every address, and beside it the data that fills the shell."""

from __future__ import annotations

import html
import json
import re
from datetime import datetime
from importlib import resources
from typing import cast

from newsspider.demo.draw import Draw
from newsspider.demo.faces.markup import weigh
from newsspider.demo.faces.press import Content, Press
from newsspider.demo.faces.scripted import DATA, Scripted

ASSETS = "/assets/"
_JSON = "application/json; charset=utf-8"
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


class ScriptedPress(Press):
    """Makes the pages of one :class:`Scripted` face."""

    def answer(self, host: str, path: str) -> Content:
        """Return what lies at *path*: a script, a page's data, a page's shell, or a feed and the like."""
        if path.startswith(ASSETS):
            return self._script(path.removeprefix(ASSETS)) or super().answer(host, path)
        if path.startswith(DATA):
            return super().answer(host, path.removeprefix(DATA) or "/")
        content = super().answer(host, path)
        return self._shell(path, content) if content.media == _JSON else content

    def _script(self, name: str) -> Content | None:
        if name not in cast("Scripted", self.face).scripts:
            return None
        file = resources.files("newsspider.demo.faces").joinpath(self.face.folder, name)
        return Content(file.read_bytes(), "text/javascript; charset=utf-8", self.edition.now)

    def _shell(self, path: str, content: Content) -> Content:
        draw = Draw(self.edition.seed, self.face.beat.host, "weight", path)
        text = weigh(self._render("shell", {}), self.edition.weight, draw)
        return Content(text.encode(), self.face.media, content.modified, content.status)

    def _html(
        self, template: str, modified: datetime, key: str, *, status: int = 200, **values: object
    ) -> Content:
        data = cast("Scripted", self.face).data(template, values)
        if data is None:
            text = self._render(template, values)
            found = _TITLE.search(text)
            title, rest = (html.unescape(found[1]), text[found.end() :]) if found else ("", text)
            data = {"title": title, "html": rest.strip()}
        return Content(json.dumps(data, ensure_ascii=False).encode(), _JSON, modified, status)
