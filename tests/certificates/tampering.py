"""What people do to a signed file: each function makes another file of it, or one that looks like it."""

import io
import zlib
from collections.abc import Callable

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers

from certificates import Signer
from certificates.finishing import FIELD

Tamper = Callable[[bytes], bytes]


def dictionary(entries: dict[generic.NameObject, generic.PdfObject]) -> generic.DictionaryObject:
    return generic.DictionaryObject(entries)  # type: ignore[no-untyped-call]


def update(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """An incremental update, as editors save it: the signed bytes stay, something is added after them."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def add_annotation(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        name = generic.pdf_name
        note = dictionary(
            {
                name("/Type"): name("/Annot"),
                name("/Subtype"): name("/FreeText"),
                name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (100, 100, 400, 140))),
                name("/Contents"): generic.pdf_string("Otro titular"),
            }
        )
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Annots"].append(writer.add_object(note))
        writer.update_container(page["/Annots"])

    return update(pdf, change)


def draw_over_the_page(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        over = generic.StreamObject(stream_data=b"1 0 0 rg 100 100 300 200 re f")
        page[generic.pdf_name("/Contents")] = generic.ArrayObject(
            [page.raw_get("/Contents"), writer.add_object(over)]
        )
        writer.update_container(page)

    return update(pdf, change)


def replace_claims(pdf: bytes) -> bytes:
    """A shadow edit: the attachment is exchanged after signing."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        stream = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]["/F"]
        stream._data = stream.data.replace(b"Los ", b"Las ")
        stream._encoded_data = None
        writer.update_container(stream)

    return update(pdf, change)


def fill_in_the_form(pdf: bytes) -> bytes:
    """A text field more, with something in it."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        name = generic.pdf_name
        field = dictionary(
            {
                name("/FT"): name("/Tx"),
                name("/T"): generic.pdf_string("titular"),
                name("/V"): generic.pdf_string("Otro titular"),
            }
        )
        form = writer.root["/AcroForm"]
        form["/Fields"].append(writer.add_object(field))
        writer.update_container(form["/Fields"])

    return update(pdf, change)


def change_metadata(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.set_info(dictionary({generic.pdf_name("/Title"): generic.pdf_string("Otro")}))

    return update(pdf, change)


def sign_again(signer: Signer) -> Tamper:
    """A second signature, in a field of its own."""

    def tamper(pdf: bytes) -> bytes:
        metadata = signers.PdfSignatureMetadata(field_name="Otra", md_algorithm="sha256")
        out = io.BytesIO()
        # pyHanko would refuse, because the file is certified; a forger's tool would not.
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        del writer.root["/Perms"]
        signed = signers.PdfSigner(metadata, signer=signer.engine)
        signed.sign_pdf(writer, output=out)
        return out.getvalue()

    return tamper


def sign_otherwise(page: bytes, signer: Signer, *, certify: bool = True, level: int = 1) -> bytes:
    """Our own signer, with another promise than ours."""
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=fields.MDPPerm(level),
    )
    out = io.BytesIO()
    signers.PdfSigner(metadata, signer=signer.engine).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(page)), output=out
    )
    return out.getvalue()


def rewritten(pdf: bytes, change: Callable[[pikepdf.Pdf], None] = lambda _: None) -> bytes:
    """Saved anew by a tool that knows nothing of signatures."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        opened.save(out)
    return out.getvalue()


def encrypted(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="una clave", user="otra clave"))
    return out.getvalue()


def flipped(pdf: bytes, place: int, mask: int = 1) -> bytes:
    changed = bytearray(pdf)
    changed[place] ^= mask
    return bytes(changed)


def without_claims(page: bytes) -> bytes:
    def change(opened: pikepdf.Pdf) -> None:
        del opened.Root.Names
        del opened.Root.AF

    return rewritten(page, change)


def with_claims(page: bytes, content: bytes) -> bytes:
    def change(opened: pikepdf.Pdf) -> None:
        opened.Root.Names.EmbeddedFiles.Names[1].EF.F.write(content)

    return rewritten(page, change)


def with_other_name(page: bytes) -> bytes:
    def change(opened: pikepdf.Pdf) -> None:
        specification = opened.Root.Names.EmbeddedFiles.Names[1]
        specification.F = specification.UF = pikepdf.String("otra.json")

    return rewritten(page, change)


def minimal(*objects: bytes, root: bytes = b"") -> bytes:
    """A small file of the given objects, numbered from 3; 1 is the catalogue, 2 the empty page tree."""
    parts = [b"<</Type/Catalog/Pages 2 0 R" + root + b">>", b"<</Type/Pages/Kids[]/Count 0>>", *objects]
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + part + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)


def branching_fields(depth: int) -> bytes:
    """A form whose every field has the next one as child twice: a walk through it meets 2 ** depth leaves."""
    kids = [b"<</T(x)/Kids[%d 0 R %d 0 R]>>" % (number + 4, number + 4) for number in range(depth)] + [
        b"<</T(x)/FT/Tx>>"
    ]
    return minimal(*kids, root=b"/AcroForm<</Fields[3 0 R]>>")


def flate_bomb(megabytes: int) -> bytes:
    """A cross-reference table that swells to so many megabytes when it is unpacked."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()
    header = b"<</Type/XRef/Size 1/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    return b"%PDF-1.7\n1 0 obj" + header + packed + b"\nendstream endobj\nstartxref\n9\n%%EOF\n"


def revisions(pdf: bytes) -> int:
    return int(PdfFileReader(io.BytesIO(pdf)).xrefs.total_revisions)
