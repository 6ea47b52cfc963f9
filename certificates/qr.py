"""QR codes: the public address, error correction M, drawn as SVG in modules."""

import io

import segno

QUIET_ZONE = 4
"""Modules of white around the symbol that readers need (ISO/IEC 18004)."""


def qr_svg(address: str) -> bytes:
    """An SVG without size: the page decides how large it is printed."""
    drawn = io.BytesIO()
    symbol = segno.make(address, error="m", boost_error=False, micro=False)
    symbol.save(
        drawn,
        kind="svg",
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        xmldecl=False,
        svgns=True,
        omitsize=True,
    )
    return drawn.getvalue()


def qr_modules(address: str) -> int:
    """Modules along one side, quiet zone included."""
    symbol = segno.make(address, error="m", boost_error=False, micro=False)
    return int(symbol.symbol_size(border=QUIET_ZONE)[0])
