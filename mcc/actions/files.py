"""Stored files: evidence by the digest of its content, certificates by their number."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FileStore:
    """A folder in which a file, once written, is whole or absent: written aside, flushed, then renamed."""

    root: Path

    def evidence(self, digest: str) -> Path:
        return self.root / "evidence" / digest[:2] / digest

    def certificate(self, number: str) -> Path:
        return self.root / "certificates" / f"{number}.pdf"

    def prepared(self, number: str) -> Path:
        """The unsigned page that the worker may sign."""
        return self.root / "prepared" / f"{number}.pdf"

    def put_evidence(self, content: bytes) -> str:
        """Store content under its SHA-256; the same content is stored once."""
        digest = sha256(content)
        write_whole(self.evidence(digest), content)
        return digest


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write so that a crash leaves either nothing or all of it, on disk and not only in memory."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
