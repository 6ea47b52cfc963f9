"""Appeals on the site: the notification, the collective's words, the panel's page, and what is shown of it."""

from tests.mcc.actions.test_appeal import ENOUGH, PANEL, denied, move
from tests.mcc.web.conftest import Visit, errors_of, words_of
from tests.office import Office


def test_an_appeal_from_the_notification_to_the_correction(visit: Visit, office: Office) -> None:
    number = denied(office)
    address = f"/solicitudes/{number}"
    desk, collective, panel = visit("coord"), visit("coop"), visit(PANEL)
    assert errors_of(desk.post(f"{address}/notificar", data={"told": "Ana", "told_on": "2026-08-03"})) == [
        "Cómo: Falta este dato."
    ]
    told = {"told": "Ana", "told_on": "2026-08-03", "means": "in_person"}
    assert desk.post(f"{address}/notificar", data=told).status_code == 303
    assert "Ya se notificó el 3 de agosto de 2026 a Ana." in words_of(desk.get(f"{address}/notificar"))
    assert "Recurrir" in words_of(collective.get(address))
    assert "hasta el 13 de agosto de 2026" in words_of(collective.get(f"{address}/apelar"))
    assert errors_of(collective.post(f"{address}/apelar", data={"words": ""}))
    assert collective.post(f"{address}/apelar", data={"words": "El acta lo muestra."}).status_code == 303
    page = words_of(collective.get(address))
    assert "El acta lo muestra." in page
    assert "en trámite" in page
    assert collective.get(f"{address}/apelar").status_code == 409
    assert panel.get(address).status_code == 200
    assert "Recurso" in words_of(panel.get("/casos"))
    receipt = page.partition("presentado el")[0].split()[-2]
    assert desk.get(f"/casos/{receipt}/resolver").status_code == 403
    move(office, receipt, "acknowledge", "coord")
    for step in ("accept_case", "investigate"):
        assert panel.post(f"/casos/{receipt}", data={"move": step}).status_code == 303
    form = f"/casos/{receipt}/resolver"
    assert panel.get(form).status_code == 200
    empty = panel.post(form, data={"outcome": "upheld", "words": "Lo vimos."})
    assert errors_of(empty) == ["Qué se corrige: Falta este dato."]
    chosen = {f"{code}.level": str(level) for code, level in ENOUGH.items()}
    reasons = {f"{code}.reason": "El acta lo muestra." for code in ENOUGH}
    given = {"outcome": "upheld", "words": "Lo vimos.", **chosen, **reasons}
    bare = panel.post(form, data={**given, "PAR1.reason": ""})
    assert len(errors_of(bare)) == 1
    assert panel.post(form, data=given).status_code == 303
    assert "del nivel 2 al 4." in words_of(panel.get(f"/casos/{receipt}"))
    after = words_of(collective.get(address))
    assert "se les dio la razón" in after
    assert "Lo vimos." in after
    assert (
        "corregido por el tribunal de recursos"
        in words_of(visit("revisa").get(f"{address}/puntajes")).lower()
    )
