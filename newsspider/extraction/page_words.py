"""What pages that are no article say of themselves in their title and headings, in many languages."""

from __future__ import annotations

import re
from typing import Final

_ERRORS: Final = (
    r"\b(?:404|410)\b",
    r"(?:error|erreur|fehler|erro|errore|fout|błąd|ошибка|hata) ?[-:]? ?[45]\d\d\b",
    r"page (?:not found|cannot be found|can['’]t be found|does not exist|doesn['’]t exist|no longer)",
    r"page (?:is )?unavailable|page you(?: are|['’]re)? (?:requested|looking for)|not found\b",
    r"seite (?:wurde )?nicht gefunden|(?:diese )?seite (?:existiert nicht|gibt es nicht)",
    r"page (?:est )?(?:introuvable|non trouvée)|page n['’]existe (?:pas|plus)",
    r"página (?:no|não) (?:encontrada|existe|disponible|disponível)|página que (?:busca|buscas|procura)",
    r"pagina (?:non|niet|nu a fost) (?:trovata|esiste|gevonden|bestaat|găsită)",
    r"(?:strony )?nie znaleziono(?: strony)?|strona nie istnieje",
    r"str[aá]nk[au] (?:nebyla nalezena|neexistuje)|az oldal nem (?:található|létezik)",
    r"страница не (?:найдена|существует)|сторінку не знайдено|страницата не е намерена",
    r"η σελίδα δεν (?:βρέθηκε|υπάρχει)|sayfa bulunamadı",
    r"siden (?:ble|blev)? ?(?:ikke (?:fundet|funnet)|findes ikke|finnes ikke)",
    r"sidan (?:hittades|kunde|finns) inte|sivua ei (?:löy|ole)",
    r"ページ(?:が|は)?(?:見つかりません|存在しません)|お探しのページ",
    r"(?:页面|頁面|文章)不存在|找不到(?:页面|網頁|頁面)|페이지를 찾을 수 없|존재하지 않는 (?:기사|페이지)",
    r"halaman tidak ditemukan|không tìm thấy trang|trang không tồn tại|ไม่พบหน้า",
    r"الصفحة غير موجودة|הדף לא נמצא|העמוד לא נמצא|صفحه (?:مورد نظر )?(?:یافت|پیدا) نشد",
    r"पृष्ठ नहीं मिला|পাতাটি পাওয়া যায়নি",
    r"access (?:to this page has been )?denied|403 forbidden|service unavailable|internal server error",
    r"bad gateway|just a moment|attention required",
    r"are you a (?:robot|human)|you are (?:a )?(?:human|not a (?:robot|bot))",
)  # fmt: skip
ERROR: Final = re.compile("|".join(_ERRORS), re.IGNORECASE)
"""There is no such page, or not for us."""

CONSENT: Final = re.compile(
    r"cookie|consent|privacy|datenschutz|zustimm|einwilligung|werbetracking|werbung und tracking"
    r"|mit werbung (?:weiter)?lesen|accepter|consentement|privacidad|zgod|pur-abo|gdpr|rgpd|同意",
    re.IGNORECASE,
)
"""May we track you?"""

LOGIN: Final = re.compile(
    r"log ?in|sign ?in|anmeld|einloggen|connexion|se connecter|iniciar sesi|accedi|entrar|inloggen|zaloguj"
    r"|войти|giriş|logg inn|logga in"
    r"|ログイン|登录|登入|로그인|masuk|تسجيل الدخول|लॉग",
    re.IGNORECASE,
)
"""Who are you?"""
