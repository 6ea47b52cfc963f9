"""Mail: through a real mail server, in the reader's language, once, and not at all where nobody wants it."""

import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTPException
from threading import Event

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlmodel import select

from mcc.actions import administer, journal
from mcc.actions.accounts import close_account, find_account
from mcc.actions.own_account import ChoicesInput, NoticeChoice, choose, find_reset, request_reset
from mcc.actions.work import PUBLIC, SYSTEM, Role
from mcc.db.tables import Notice
from mcc.errors import NotAllowed
from mcc.jobs.mailers import FolderMailer, SmtpMailer, choose_mailer
from mcc.jobs.mailing import AT_ONCE, TRIES, deliver, wait_after
from mcc.jobs.worker import sweep_until
from mcc.settings import Settings
from tests.office import Office


@dataclass
class Catcher:
    """Takes every mail, or refuses as it is told."""

    mails: list[EmailMessage] = field(default_factory=list)
    refuse: bool = False
    rude: bool = False

    async def handle_DATA(self, server: object, session: object, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        del server, session
        if self.refuse:
            return "451 later"
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    async def handle_QUIT(self, server: object, session: object, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        del server, session, envelope
        return "451 not now" if self.rude else "221 Bye"


@dataclass
class Post:
    catcher: Catcher
    mailer: SmtpMailer


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    catcher = Catcher()
    controller = Controller(catcher, hostname="127.0.0.1", port=port)
    controller.start()
    settings = Settings(
        mail_host="127.0.0.1", mail_port=port, mail_tls=False, mail_from="marca@ejemplo.invalid"
    )
    yield Post(catcher, SmtpMailer(settings))
    controller.stop()


def give_address(
    office: Office, username: str, language: str = "es", notices: NoticeChoice = NoticeChoice.EACH
) -> None:
    with office.work(username) as work:
        email = f"{username}@ejemplo.invalid"
        choose(work, ChoicesInput(name=username, email=email, language=language, notices=notices))


def states(office: Office, username: str) -> list[str]:
    with office.installation.look(SYSTEM) as work:
        key = find_account(work, username).key
        found = work.session.exec(select(Notice).where(Notice.account_id == key))
        return [notice.mail for notice in found]


def test_a_notice_is_mailed_once(office: Office, post: Post) -> None:
    give_address(office, "coord")
    number = office.submit()
    assert deliver(office.installation, post.mailer) == 1
    assert deliver(office.installation, post.mailer) == 0
    (mail,) = post.catcher.mails
    assert mail["To"] == "coord@ejemplo.invalid"
    assert number in mail["Subject"]
    assert f"/solicitudes/{number}" in mail.get_content()
    assert states(office, "coord") == ["sent"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("es", "Llegó la solicitud"), ("en", "has arrived"), ("pt", "Chegou a solicitação")],
)
def test_each_reader_gets_their_own_language(office: Office, post: Post, language: str, said: str) -> None:
    give_address(office, "coord", language)
    office.submit()
    deliver(office.installation, post.mailer)
    assert said in post.catcher.mails[0]["Subject"]


def test_a_mail_says_nothing_that_only_the_file_should_say(office: Office, post: Post) -> None:
    give_address(office, "coord")
    office.submit()
    deliver(office.installation, post.mailer)
    text = post.catcher.mails[0].as_string()
    assert "Cooperativa de Prueba" not in text
    assert "Persona de Prueba" not in text


def test_whoever_wants_none_gets_none_and_whoever_has_no_address_neither(office: Office, post: Post) -> None:
    give_address(office, "coord", notices=NoticeChoice.NEVER)
    office.reach("admitted")
    assert deliver(office.installation, post.mailer) == 0
    assert set(states(office, "coord")) == {"unwanted"}
    assert set(states(office, "coop")) == {"unaddressed"}


def test_a_daily_mail_holds_everything_of_the_day(office: Office, post: Post) -> None:
    give_address(office, "coord", notices=NoticeChoice.DAILY)
    office.submit("coop")
    office.submit("otra")
    assert deliver(office.installation, post.mailer) == 1
    (mail,) = post.catcher.mails
    assert "Hay 2 avisos" in mail["Subject"]
    office.submit("coop", 1)
    assert deliver(office.installation, post.mailer) == 0
    office.pass_days(1)
    assert deliver(office.installation, post.mailer) == 1


def test_a_server_that_refuses_is_asked_again_but_not_for_ever(office: Office, post: Post) -> None:
    give_address(office, "coord")
    office.submit()
    post.catcher.refuse = True
    for _ in range(TRIES):
        assert states(office, "coord") == ["waiting"]
        assert deliver(office.installation, post.mailer) == 0
        office.pass_days(1)
    assert states(office, "coord") == ["failed"]
    post.catcher.refuse = False
    assert deliver(office.installation, post.mailer) == 0


def test_an_outage_of_days_loses_no_mail(office: Office, post: Post) -> None:
    """Tried each minute by the sweep, a refused mail rests longer each time: the server is not asked each minute."""
    waits = [wait_after(tries) for tries in range(1, TRIES)]
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert max(waits) == timedelta(days=1)
    assert timedelta(days=7) < sum(waits, timedelta()) < timedelta(days=8)


def test_what_was_given_up_is_sent_again_when_the_office_says_so(office: Office, post: Post) -> None:
    give_address(office, "coord")
    office.submit()
    post.catcher.refuse = True
    for _ in range(TRIES):
        deliver(office.installation, post.mailer)
        office.pass_days(1)
    post.catcher.refuse = False
    with office.work("admin") as work:
        assert administer.resend_failed(work) == 1
    assert deliver(office.installation, post.mailer) == 1
    with office.work("admin") as work:
        assert administer.resend_failed(work) == 0


def test_only_the_office_has_mails_sent_again(office: Office) -> None:
    with office.work("coop") as work, pytest.raises(NotAllowed):
        administer.resend_failed(work)


def _set_address(office: Office, username: str, email: str) -> None:
    """As an earlier version took it."""
    with office.installation.work(SYSTEM) as work:
        account = find_account(work, username)
        account.email = email
        work.session.add(account)
        journal.record(work, f"account:{account.id}", "choose", role=Role.SYSTEM)


@pytest.mark.parametrize("email", ["a@[x.y", "josé@ejemplo.uy", "a\nb@x.uy", "a..b@x.uy"])
def test_a_letter_that_cannot_be_written_or_sent_holds_up_no_other(
    office: Office, post: Post, email: str
) -> None:
    give_address(office, "coord")
    give_address(office, "coop")
    number = office.submit()
    _set_address(office, "coop", email)
    office.admit(number)
    office.pass_days(1)
    deliver(office.installation, post.mailer)
    assert "coord@ejemplo.invalid" in [mail["To"] for mail in post.catcher.mails]
    assert "sending" not in states(office, "coop")


def test_a_step_of_the_sweep_that_fails_keeps_no_other_from_being_done(office: Office) -> None:
    """A certificate whose date cannot be read stops what expires; the mails leave all the same."""
    office.issued()
    give_address(office, "coord")
    office.submit("otra")
    with office.installation.database.writing.begin() as connection:
        connection.exec_driver_sql("UPDATE certificate SET valid_until = '0000'")
    stop = Event()
    stop.set()
    sweep_until(office.installation, stop)
    assert states(office, "coord")[-1] == "sent"


def test_daily_mails_that_wait_keep_nobody_elses_from_leaving(office: Office, post: Post) -> None:
    give_address(office, "coop", notices=NoticeChoice.DAILY)
    with office.installation.work(SYSTEM) as work:
        key = find_account(work, "coop").key
        for number in range(AT_ONCE + 5):
            work.add(Notice(account_id=key, code="received", reason=f"r{number}", created_at=work.now))
    assert deliver(office.installation, post.mailer) == 1
    with office.installation.work(SYSTEM) as work:
        for number in range(AT_ONCE + 5):
            work.add(Notice(account_id=key, code="received", reason=f"s{number}", created_at=work.now))
    give_address(office, "coord")
    office.submit("otra")
    assert deliver(office.installation, post.mailer) == 1
    assert post.catcher.mails[-1]["To"] == "coord@ejemplo.invalid"


def test_a_lost_password_goes_first_and_is_no_mail_of_the_day(office: Office, post: Post) -> None:
    give_address(office, "coord")
    give_address(office, "coop", notices=NoticeChoice.DAILY)
    with office.installation.work(SYSTEM) as work:
        coord, coop = (find_account(work, name).key for name in ("coord", "coop"))
        for number in range(AT_ONCE):
            work.add(Notice(account_id=coord, code="received", reason=f"r{number}", created_at=work.now))
    with office.installation.work(PUBLIC) as work:
        request_reset(work, "coop")
    deliver(office.installation, post.mailer)
    assert post.catcher.mails[0]["To"] == "coop@ejemplo.invalid"
    with office.installation.work(SYSTEM) as work:
        work.add(Notice(account_id=coop, code="received", reason="later", created_at=work.now))
    deliver(office.installation, post.mailer)
    assert sorted(states(office, "coop")) == ["digest", "sent"]


def test_a_closed_account_gets_no_mail(office: Office, post: Post) -> None:
    give_address(office, "coord")
    office.submit()
    with office.installation.work(SYSTEM) as work:
        close_account(work, "coord")
    assert deliver(office.installation, post.mailer) == 0
    assert states(office, "coord") == ["unwanted"]


def test_a_server_that_comes_back_gets_what_waited(office: Office, post: Post) -> None:
    give_address(office, "coord")
    office.submit()
    post.catcher.refuse = True
    deliver(office.installation, post.mailer)
    post.catcher.refuse = False
    assert deliver(office.installation, post.mailer) == 0
    office.pass_days(1)
    assert deliver(office.installation, post.mailer) == 1


def test_a_worker_that_dies_while_sending_sends_no_second_mail(office: Office, post: Post) -> None:
    give_address(office, "coord")
    office.submit()

    class Dies:
        def send(self, message: EmailMessage) -> None:
            post.mailer.send(message)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver(office.installation, Dies())
    assert deliver(office.installation, post.mailer) == 0
    assert len(post.catcher.mails) == 1
    assert states(office, "coord") == ["sending"]


def test_no_server_is_an_error_that_waits(office: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    gone = SmtpMailer(Settings(mail_host="127.0.0.1", mail_port=port, mail_tls=False))
    with pytest.raises((OSError, SMTPException)):
        gone.send(EmailMessage())
    give_address(office, "coord")
    office.submit()
    assert deliver(office.installation, gone) == 0
    assert states(office, "coord") == ["waiting"]


def test_without_a_mail_server_mails_are_kept_as_files(office: Office) -> None:
    give_address(office, "coord")
    office.submit()
    mailer = choose_mailer(office.installation.settings)
    assert isinstance(mailer, FolderMailer)
    assert deliver(office.installation, mailer) == 1
    (kept,) = mailer.folder.glob("*.eml")
    mail = message_from_bytes(kept.read_bytes(), policy=policy.default)
    assert mail["To"] == "coord@ejemplo.invalid"


def test_a_mail_that_was_taken_is_not_sent_again_because_the_farewell_failed(
    office: Office, post: Post
) -> None:
    give_address(office, "coord")
    office.submit()
    post.catcher.rude = True
    assert deliver(office.installation, post.mailer) == 1
    assert states(office, "coord") == ["sent"]


def test_two_workers_send_no_letter_twice(office: Office, post: Post) -> None:
    """The second one comes while the first has chosen its letters and sent one of them."""
    give_address(office, "coord")
    office.submit("coop")
    office.submit("otra")

    @dataclass
    class Meets:
        met: bool = False

        def send(self, message: EmailMessage) -> None:
            post.mailer.send(message)
            if not self.met:
                self.met = True
                deliver(office.installation, post.mailer)

    deliver(office.installation, Meets())
    assert len(post.catcher.mails) == 2
    assert states(office, "coord") == ["sent", "sent"]


def test_a_notice_without_words_does_not_keep_the_others_of_the_day_back(office: Office, post: Post) -> None:
    give_address(office, "coop", notices=NoticeChoice.DAILY)
    with office.installation.work(SYSTEM) as work:
        key = find_account(work, "coop").key
        for reason, facts in (("a", {"due": "mañana"}), ("b", {"number": "MCC-S-2026-0001"})):
            work.add(Notice(account_id=key, code="received", reason=reason, facts=facts, created_at=work.now))
    assert deliver(office.installation, post.mailer) == 1
    assert states(office, "coop") == ["failed", "digest"]


def test_a_link_for_a_new_password_does_not_arrive_dead(office: Office, post: Post) -> None:
    give_address(office, "coop")
    with office.installation.work(PUBLIC) as work:
        request_reset(work, "coop")
    post.catcher.refuse = True
    deliver(office.installation, post.mailer)
    office.pass_days(2)
    post.catcher.refuse = False
    assert deliver(office.installation, post.mailer) == 1
    token = re.search(r"/clave/([0-9A-Za-z]+)", post.catcher.mails[-1].get_content())
    assert token is not None
    with office.installation.work(PUBLIC) as work:
        find_reset(work, token[1])


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[tuple[SmtpMailer, Catcher, Path]]:
    """A mail server that asks for TLS, with a certificate that nobody else vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    own = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, SHA256())
    )
    file = tmp_path / "mail.pem"
    plain = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(own.public_bytes(Encoding.PEM) + key.private_bytes(*plain))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    catcher = Catcher()
    controller = Controller(
        catcher, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True
    )
    controller.start()
    settings = Settings(mail_host="localhost", mail_port=port, mail_tls=True)
    yield SmtpMailer(settings), catcher, file
    controller.stop()


def test_mail_goes_only_to_a_server_that_shows_who_it_is(
    office: Office, encrypted: tuple[SmtpMailer, Catcher, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    mailer, catcher, file = encrypted
    give_address(office, "coord")
    office.submit()
    assert deliver(office.installation, mailer) == 0
    assert (catcher.mails, states(office, "coord")) == ([], ["waiting"])
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    office.pass_days(1)
    assert deliver(office.installation, mailer) == 1
    assert len(catcher.mails) == 1
