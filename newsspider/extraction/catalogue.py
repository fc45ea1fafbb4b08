"""Folders of site files: what they hold, each file read once, and the site that a name or a URL means.

A folder of the user's comes over the sites that are shipped: a file of the same name replaces the shipped one
whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeAlias

from newsspider.errors import SiteError
from newsspider.extraction.addresses import host_of
from newsspider.extraction.site import Site
from newsspider.tables.file import TableError, read_toml
from newsspider.tables.values import domain_of

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


def load_site(name_or_path: str | Path, folders: Sequence[Folder] = ()) -> Site:
    """Return the site of this name, from the first of *folders* that has it or else shipped.

    A :class:`~pathlib.Path`, or a name that ends in ``.toml``, is a file, read anew each time. Raises
    :class:`~newsspider.SiteError` where there is no such site and where its file is wrong.
    """
    if isinstance(name_or_path, Path) or name_or_path.endswith(".toml"):
        path = Path(name_or_path)
        if not path.is_file():
            raise SiteError(f"{path}: there is no such site file")
        return Catalogue(path.parent).load(path.stem)
    everywhere = [catalogue(folder) for folder in (*folders, SHIPPED)]
    for folder in everywhere:
        if name_or_path in folder.files:
            return folder.load(name_or_path)
    known = sorted({stem for folder in everywhere for stem in folder.files})
    near = get_close_matches(name_or_path, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else "`scrapy sites` lists the sites that there are"
    raise SiteError(f"no site is named {name_or_path!r}: {hint}")


def find_site(url: str, folders: Sequence[Folder] = ()) -> Site | None:
    """Return the site that *url* lies on: the one with its host, or the nearest domain above, if any."""
    labels = host_of(url).split(".")
    hosts = [www + ".".join(labels[start:]) for start in range(len(labels)) for www in ("", "www.")]
    seen: list[Catalogue] = []
    for folder in map(catalogue, (*folders, SHIPPED)):
        stem = next((folder.domains[host] for host in hosts if host in folder.domains), None)
        # a file of the same name in an earlier folder replaced this one, with its domains
        if stem is not None and not any(stem in earlier.files for earlier in seen):
            return folder.load(stem)
        seen.append(folder)
    return None


def all_sites(folders: Sequence[Folder]) -> tuple[Site, ...]:
    """Return every site of *folders*, by name; of two files of one name the one in the earlier folder."""
    where: dict[str, Catalogue] = {}
    for folder in map(catalogue, folders):
        _ = folder.domains  # raises where two files have one domain
        where = dict.fromkeys(folder.files, folder) | where
    return tuple(folder.load(stem) for stem, folder in sorted(where.items()))


def _listed_domains(file: Traversable) -> list[str]:
    try:
        listed = read_toml(file, "site file")[0].get("domains")
    except TableError as error:
        raise SiteError(*error.problems) from error
    return [domain_of(name) for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
