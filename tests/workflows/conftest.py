"""A small workflow that is good, as text to be altered."""

from collections.abc import Callable
from pathlib import Path

import pytest

GOOD = """\
name: request
edition: request-1
title: {es: Pedido, en: Request, pt: Pedido}
initial: open
roles:
  clerk: {es: oficina, en: clerk, pt: oficina}
  system: {es: sistema, en: system, pt: sistema}
guards:
  complete: {es: completo, en: complete, pt: completo}
  paid: {es: pagado, en: paid, pt: pago}
states:
  open:
    label: {es: Abierto, en: Open, pt: Aberto}
    holder: clerk
    term: {days: 5, kind: working}
  waiting:
    label: {es: En espera, en: Waiting, pt: Em espera}
  closed:
    label: {es: Cerrado, en: Closed, pt: Fechado}
    final: true
moves:
  - action: wait
    from: [open]
    to: waiting
    roles: [clerk]
    label: {es: Esperar, en: Wait, pt: Esperar}
  - action: close
    from: [open, waiting]
    to: closed
    roles: [clerk, system]
    guards: [complete, paid]
    label: {es: Cerrar, en: Close, pt: Fechar}
"""

Alter = Callable[..., Path]


@pytest.fixture
def alter(tmp_path: Path) -> Alter:
    """Write the good workflow with some of its text replaced; returns the file."""

    def write(*replacements: tuple[str, str]) -> Path:
        text = GOOD
        for old, new in replacements:
            assert text.count(old) >= 1, f"{old!r} is not there"
            text = text.replace(old, new, 1)
        path = tmp_path / "request.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write
