"""Settings: one frozen model, read once from the environment; `mcc settings` lists every one."""

from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

PREFIX = "MCC_"


class Settings(BaseModel):
    """What an installation can be told. Each field is the variable MCC_<FIELD IN CAPITALS>."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path = Field(Path("var"), description="Folder that holds the database, the files and the keys")
    database_url: str | None = Field(
        None, description="SQLAlchemy address; default: SQLite in the data folder"
    )
    public_url: str = Field(
        "http://127.0.0.1:8000",
        description="Address that the QR codes and letters name, without a final slash",
    )
    locale: str = Field("es", description="Language of messages: es, en or pt", pattern="^(es|en|pt)$")
    clock: str | None = Field(
        None,
        description="Set clock of a demonstration: a moment with its zone, or a shift in seconds (+86400)",
    )
    host: str = Field("127.0.0.1", description="Address on which `mcc serve` listens")
    port: int = Field(8000, ge=1, le=65535, description="Port on which `mcc serve` listens")
    worker: bool = Field(True, description="Whether `mcc serve` starts a worker as its child process")
    keys: Path | None = Field(
        None, description="Folder of the signing keys, for the worker alone; default: data/keys"
    )
    pkcs12: Path | None = Field(
        None, description="PKCS#12 file that signs; default: the development authority's key"
    )
    pkcs12_passphrase: Path | None = Field(
        None, description="File that holds the passphrase of the PKCS#12 file"
    )
    trust: Path | None = Field(
        None, description="PEM file of the pinned root certificates; default: data/trust/root.pem"
    )
    upload_limit: int = Field(20_000_000, ge=1000, description="Largest upload that is accepted, in bytes")
    assistance_months: int = Field(
        24, ge=0, le=600, description="Months in which whoever advised a collective does not judge it"
    )
    issuer: str = Field(
        "Gobierno de Canelones · Unidad de Desarrollo Cooperativo y Apoyo a la Economía Solidaria",
        description="Body that the certificates and letters name as issuer",
    )
    office_contact: str = Field(
        "Oficina de la Marca Cooperativa Canaria (UDCES)",
        description="Where people turn to, as the pages say it",
    )

    mail_host: str | None = Field(
        None, description="Mail server; without one, mails are kept as files in data/mail"
    )
    mail_port: int = Field(587, ge=1, le=65535, description="Port of the mail server")
    mail_tls: bool = Field(True, description="Whether mails travel encrypted (STARTTLS)")
    mail_user: str | None = Field(None, description="Name with which the mail server is entered")
    mail_password: Path | None = Field(None, description="File that holds the password of the mail server")
    mail_from: str = Field("marca@localhost", description="Address that notices come from")

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data / 'mcc.sqlite3'}"

    @property
    def key_folder(self) -> Path:
        return self.keys or self.data / "keys"

    @property
    def trust_file(self) -> Path:
        return self.trust or self.data / "trust" / "root.pem"


def read_settings(environment: Mapping[str, str], **given: Any) -> Settings:
    """Settings from the environment; what is given by name (command line) comes first, None means not given."""
    found = {
        name: environment[variable(name)] for name in Settings.model_fields if variable(name) in environment
    }
    return Settings.model_validate(
        {**found, **{name: value for name, value in given.items() if value is not None}}
    )


def variable(field: str) -> str:
    """The environment variable of a field."""
    return PREFIX + field.upper()


def describe_settings(
    settings: Settings, environment: Mapping[str, str], *, given: Container[str] = ()
) -> list[dict[str, str]]:
    """Every setting with its variable, meaning, value and where the value comes from; `given` on the command line."""
    return [
        {
            "variable": variable(name),
            "meaning": field.description or "",
            "value": "" if getattr(settings, name) is None else str(getattr(settings, name)),
            "source": "command line"
            if name in given
            else "environment"
            if variable(name) in environment
            else "default",
        }
        for name, field in Settings.model_fields.items()
    ]
