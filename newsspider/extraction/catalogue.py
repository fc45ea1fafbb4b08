"""Folders of site files: which files there are, which domains they have, and each file read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from newsspider.errors import SiteError

if TYPE_CHECKING:
    from newsspider.extraction.site import Site

Folder: TypeAlias = str | Path | Traversable

SHIPPED: Traversable = files("newsspider.sites")
"""The folder of the sites that are shipped; it may lie in a zip file."""


class Catalogue:
    """The site files of one folder."""

    def __init__(self, folder: Folder) -> None:
        self.folder: Traversable = Path(folder) if isinstance(folder, str) else folder
        self._sites: dict[str, Site] = {}

    @cached_property
    def files(self) -> Mapping[str, Traversable]:
        """Each file by its stem."""
        if not self.folder.is_dir():
            raise SiteError(f"{self.folder}: there is no such folder of site files")
        found = sorted(self.folder.iterdir(), key=lambda file: file.name)
        return {file.name.removesuffix(".toml"): file for file in found if file.name.endswith(".toml")}

    @cached_property
    def domains(self) -> Mapping[str, str]:
        """The stem of the file that has each domain; of the files only their domains are looked at."""
        owner: dict[str, str] = {}
        twice = []
        for stem, file in self.files.items():
            for domain in _listed_domains(file):
                other = owner.setdefault(domain, stem)
                if other != stem:
                    twice.append(f"{file}: key 'domains': {domain!r} is a domain of {other}.toml too")
        if twice:
            raise SiteError(*twice)
        return owner

    def load(self, stem: str) -> Site:
        """Return the site of the file *stem*."""
        if stem not in self._sites:
            # pydantic takes longer to import than a page to read, and pages without a site file never need it
            from newsspider.extraction.site_file import read_site_file  # noqa: PLC0415

            site = read_site_file(self.files[stem])
            if site.quirks and self.folder != SHIPPED:
                raise SiteError(f"{site.source}: key 'quirks': only a shipped site file may name code")
            self._sites[stem] = site
        return self._sites[stem]

    def problems(self) -> tuple[str, ...]:
        """Return all that is wrong with the files, a line each."""
        found: list[str] = []
        for stem in self.files:
            try:
                self.load(stem)
            except SiteError as error:
                found += error.problems
        try:
            _ = self.domains
        except SiteError as error:
            found += (line for line in error.problems if line not in found)
        return tuple(found)


_CATALOGUES: dict[str, Catalogue] = {}


def catalogue(folder: Folder) -> Catalogue:
    """Return the catalogue of *folder*, the same one every time: its files are taken not to change."""
    key = str(folder)
    if key not in _CATALOGUES:
        _CATALOGUES[key] = Catalogue(folder)
    return _CATALOGUES[key]


def _listed_domains(file: Traversable) -> list[str]:
    try:
        listed = tomllib.loads(file.read_text("utf-8")).get("domains")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SiteError(f"{file}: not a TOML file: {error}") from error
    return [domain for domain in listed if isinstance(domain, str)] if isinstance(listed, list) else []
