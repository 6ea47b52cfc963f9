"""The language of a page: what the reader chose, else Spanish.

Browsers announce a language that nobody chose (Chromium: English); a stranger at a fair in Canelones gets the words
that stand on the certificate, and a link to the others on every page.
"""

from urllib.parse import urlencode

from fastapi import Request, Response

from mcc.phrases import LANGUAGES

COOKIE = "idioma"
FIELD = "idioma"
A_YEAR = 365 * 24 * 3600
NAMES = {"es": "Español", "en": "English", "pt": "Português"}
TAGS = {"es": "es-UY", "en": "en", "pt": "pt-BR"}
"""As the lang attribute of a page, and for dates and numbers."""
WITHOUT_COOKIE = ("/v/",)
"""What strangers read sets no cookie: their choice travels in the address."""


def language_of(request: Request) -> str:
    asked = request.query_params.get(FIELD)
    if asked in LANGUAGES:
        return asked
    kept = request.cookies.get(COOKIE)
    return kept if kept in LANGUAGES else "es"


def remember_language(request: Request, response: Response) -> None:
    """Keep a language that was just chosen."""
    asked = request.query_params.get(FIELD)
    if asked in LANGUAGES and not request.url.path.startswith(WITHOUT_COOKIE):
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, asked, max_age=A_YEAR, httponly=True, samesite="lax", secure=secure)


def addresses_by_language(request: Request) -> dict[str, str]:
    """Where this page stands in each language. A form that was refused leads back to its empty page."""
    rest = [pair for pair in request.query_params.multi_items() if pair[0] != FIELD]
    return {language: f"{request.url.path}?{urlencode([*rest, (FIELD, language)])}" for language in LANGUAGES}
