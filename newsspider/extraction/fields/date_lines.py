"""Lines that name two dates: "Published 3 May 2024 | Updated 4 May 2024", which part is of which."""

from __future__ import annotations

import re

_CHANGED = re.compile(
    r"(?:updat(?!es\b)|modif|(?<!\w)(?:edited|revised)|a[kc]tuali[sz]|geändert|\bstand\b|mise? à jour"
    r"|aggiornat|atualiz|bijgewerkt|[ou]ppdat|opdater|päivit|muokattu|zmodyf|ažurir|frissít|módosít|atnaujint"
    r"|atjaun|uuendatud|обнов|оновлен|изменен|ажурир|ενημ[εέ]ρωση|güncel|diperbarui|cập nhật|อัปเดต|แก้ไข"
    r"|更新|수정|تحديث|تعديل|به روز|עודכן|עדכון|अपडेट|अद्यतन|संशोधित|আপডেট)[^\W\d_]*",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"publi|(?<!\w)posted|first issued|veröffentlicht|erschienen|erstellt|pubbli|gepubl|julkais|opubl|dodan"
    r"|objavljen|опубл|созда|δημοσ|giriş|oluştur|yayın|eklen|đăng|發佈|发布|公開|配信|掲載|입력|등록|작성|نشر|انتشار"
    r"|פורסם|प्रकाश|প্রকাশ",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_BRACKETS = "(（[［|"


def of_publication(line: str) -> str:
    """Return *line* without the part that a word such as "updated" says is of the last change.

    >>> of_publication("Publié le 3 mai 2024, modifié le 4 mai 2024")
    'Publié le 3 mai 2024, '
    >>> of_publication("Updated 4 May 2024, published 3 May 2024")
    ' published 3 May 2024'
    """
    return _parted(line)[0]


def of_change(line: str) -> str:
    """Return the part of *line* that is of the last change, or an empty string.

    >>> of_change("3 May 2024 | Updated 4 May 2024"), of_change("3 May 2024")
    (' 4 May 2024', '')
    >>> of_change("5月3日 (5月4日更新)")
    '(5月4日'
    """
    return _parted(line)[1]


def says_changed(text: str) -> bool:
    """Tell whether *text* has a word such as "updated"."""
    return _CHANGED.search(text) is not None


def says_published(text: str) -> bool:
    """Tell whether *text* has a word such as "published"."""
    return _PUBLISHED.search(text) is not None


def _parted(line: str) -> tuple[str, str]:
    label = _CHANGED.search(line)
    if label is None:
        return line, ""
    before, after = line[: label.start()], line[label.end() :]
    if not _DIGIT.search(after):
        # in East Asia the word stands behind its date
        at = max(0, *map(before.rfind, _BRACKETS))
        return before[:at], before[at:]
    published = _PUBLISHED.search(after)
    if published is None:
        return before, after
    return f"{before} {after[published.start() :]}", after[: published.start()]
