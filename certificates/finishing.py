"""What WeasyPrint leaves open in a finished file: the PDF/UA-1 identification and a tagged signature field."""

from typing import Any

FIELD = "Sello"
"""The name of the one signature field."""

DESCRIPTION = "Sello electrónico de quien emite el certificado"

UNIVERSAL_ACCESS = b"""<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""PDF/A-3 admits the property only with the description of its schema (ISO 19005-3, 6.6.2.3)."""


def declare_universal_access(pdf: Any) -> None:
    """Add the PDF/UA-1 identification (ISO 14289-1, 5) inside the metadata's one rdf:RDF."""
    metadata = pdf.objects[_key(pdf.catalog["Metadata"])]
    content = b"".join(part if isinstance(part, bytes) else part.encode() for part in metadata.stream)
    end = content.rindex(b"</rdf:RDF>")
    metadata.stream = [content[:end] + UNIVERSAL_ACCESS + content[end:]]


def prepare_field(pdf: Any) -> None:
    """An invisible signature field on the first page, with description and tag (ISO 14289-1, 7.18.4)."""
    import pydyf  # noqa: PLC0415 - comes with WeasyPrint, loaded with it

    page = next(
        item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Page"
    )
    tree = pdf.objects[_key(pdf.catalog["StructTreeRoot"])]
    numbers = pdf.objects[_key(tree["ParentTree"])]["Nums"]
    document = pdf.objects[_key(tree["K"][0])]
    key = 1 + max(number for number in numbers[::2])
    widget = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(FIELD),
            "TU": pydyf.String(DESCRIPTION),
            "F": 132,
            "Rect": pydyf.Array([0, 0, 0, 0]),
            "P": page.reference,
            "StructParent": key,
        }
    )
    pdf.add_object(widget)
    reference = pydyf.Dictionary({"Type": "/OBJR", "Obj": widget.reference, "Pg": page.reference})
    tag = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/Form",
            "P": document.reference,
            "Alt": pydyf.String(DESCRIPTION),
            "K": pydyf.Array([reference]),
        }
    )
    pdf.add_object(tag)
    document["K"].append(tag.reference)
    numbers.extend([key, tag.reference])
    page.setdefault("Annots", pydyf.Array([])).append(widget.reference)
    page["Tabs"] = "/S"
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": pydyf.Array([widget.reference]), "SigFlags": 0})


def _key(reference: bytes) -> int:
    return int(reference.split()[0])
