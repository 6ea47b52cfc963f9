"""Days and moments as people say them, in each language; moments by the clocks of Canelones."""

from datetime import date, datetime

from babel.dates import format_date, format_datetime

from mcc.clock import CANELONES, local_day

LOCALES = {"es": "es_UY", "en": "en", "pt": "pt_BR"}
DAY = {"es": "d 'de' MMMM 'de' y", "en": "d MMMM y", "pt": "d 'de' MMMM 'de' y"}
MOMENT = {
    "es": "d 'de' MMMM 'de' y 'a las' H:mm",
    "en": "d MMMM y 'at' H:mm",
    "pt": "d 'de' MMMM 'de' y 'às' H:mm",
}


def show_day(day: date | datetime, language: str) -> str:
    """A day as people say it: 12 de marzo de 2027."""
    local = local_day(day) if isinstance(day, datetime) else day
    return format_date(local, DAY[language], locale=LOCALES[language])


def show_moment(moment: datetime, language: str) -> str:
    local = moment.astimezone(CANELONES)
    return format_datetime(local, MOMENT[language], tzinfo=CANELONES, locale=LOCALES[language])
