"""What people may give: addresses that a mail server can be told of."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from mcc.actions.inputs import Email

ADDRESS = TypeAdapter(Email)
GOOD = ["a@x.uy", "maria.perez@coop-trigal.com.uy", "o'neil+marca@ejemplo.invalid", "A_B-1%@EJEMPLO.UY"]
BAD = [
    "josé@ejemplo.uy",
    "a..b@x.uy",
    ".a@x.uy",
    "a.@x.uy",
    "[@x.uy",
    "a@[x.uy",
    "a(b@x.uy",
    "a@x..uy",
    "=?utf-8?q?x?=@x.uy",
    "a:b@x.uy",
    "a@x",
    "a@-x.uy",
    "a@x.uy.",
    "a\nb@x.uy",
    "a@x.uy\n",
    "a\x00@x.uy",
    "a@x.]",
    "a@ñ.uy",
]


@pytest.mark.parametrize("address", GOOD)
def test_addresses_as_people_have_them_are_taken_in_small_letters(address: str) -> None:
    assert ADDRESS.validate_python(address) == address.lower()


@pytest.mark.parametrize("address", BAD)
def test_what_no_mail_server_could_be_told_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        ADDRESS.validate_python(address)


@given(st.one_of(st.emails(), st.text(max_size=20).map(lambda text: f"{text}@ejemplo.uy")))
def test_whatever_is_taken_can_be_written_on_a_letter(address: str) -> None:
    try:
        taken = ADDRESS.validate_python(address)
    except ValidationError:
        return
    message = EmailMessage()
    message["To"] = taken
    assert message["To"].addresses[0].addr_spec == taken
    assert taken.isascii()
    assert message.as_bytes()
