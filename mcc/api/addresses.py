"""The variable parts of addresses, as the description of the API explains them."""

from typing import Annotated

from fastapi import Path

LARGEST_KEY = 2**63 - 1
"""What the database can hold; a larger one is refused like any other absurd figure."""

Reference = Annotated[
    str, Path(description="The application's number; of a draft, which has none yet, its key")
]
Key = Annotated[int, Path(ge=1, le=LARGEST_KEY)]
Username = Annotated[str, Path()]
Dimension = Annotated[str, Path(description="Identifier of a dimension of the pinned edition")]
EvidenceCode = Annotated[str, Path(description="As listed with the application: E1, E2, …")]
CertificateNumber = Annotated[str, Path(description="As printed: MCC-2026-000001-K")]
PublicCode = Annotated[str, Path(description="The last part of the address in the QR code")]
