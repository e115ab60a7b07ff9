"""Settings that cannot be used are refused at start, each by a sentence that names the setting."""

from datetime import time
from pathlib import Path

import pytest

from tracker.config import DEMONSTRATION_SECRET, SHORTEST_SECRET, Settings, from_environment
from tracker.errors import SettingError

GOOD = {"TRACKER_SECRET_KEY": "k" * SHORTEST_SECRET, "TRACKER_BASE_URL": "https://tracker.westmere.example"}
DEMONSTRATION = {"TRACKER_DEMONSTRATION": "yes"}


def settings(**values: str) -> Settings:
    return from_environment(GOOD | values)


def refusal(environ: dict[str, str]) -> str:
    with pytest.raises(SettingError) as refused:
        from_environment(environ)
    sentence = refused.value.sentence
    assert "\n" not in sentence
    return sentence


def test_a_secret_and_an_address_are_all_that_must_be_given() -> None:
    made = from_environment(GOOD)
    assert made.database_url == "sqlite:///var/tracker.sqlite3"
    assert made.files == Path("var/files")
    assert (made.host, made.secure, made.demonstration) == ("tracker.westmere.example", True, False)
    assert (made.smtp_host, made.smtp_port, made.smtp_security) == ("localhost", 25, "none")
    assert (made.smtp_user, made.smtp_password) == (None, None)
    assert (made.smtp_timeout, made.lease_seconds, made.sweep_seconds) == (10, 60, 60)
    assert (made.reading_seconds, made.reading_look_seconds) == (25, 5)
    assert made.mail_hour == time(8, 0)
    assert made.largest_upload == 25 * 1024 * 1024
    assert (made.session_idle_minutes, made.session_hours, made.trusted_proxies) == (60, 12, 0)


def test_what_is_given_is_taken() -> None:
    made = settings(
        TRACKER_DATABASE_URL="postgresql://somewhere/tracker",
        TRACKER_BASE_URL="https://tracker.westmere.example/",
        TRACKER_FILES="/srv/files",
        TRACKER_SMTP_HOST="mail.westmere.example",
        TRACKER_SMTP_PORT="587",
        TRACKER_SMTP_SECURITY="starttls",
        TRACKER_SMTP_USER="tracker",
        TRACKER_SMTP_PASSWORD="secret",
        TRACKER_SMTP_TIMEOUT="2.5",
        TRACKER_MAIL_FROM="Tracker <tracker@westmere.example>",
        TRACKER_MAIL_HOUR="07:30",
        TRACKER_LEASE_SECONDS="5.1",
        TRACKER_SWEEP_SECONDS="0.5",
        TRACKER_READING_SECONDS="20",
        TRACKER_READING_LOOK_SECONDS="1.5",
        TRACKER_LARGEST_UPLOAD_MB="3",
        TRACKER_SESSION_IDLE_MINUTES="15",
        TRACKER_SESSION_HOURS="8",
        TRACKER_TRUSTED_PROXIES="1",
        TRACKER_MAIL_RETURN="returns@westmere.example",
        TRACKER_MAILS_A_MINUTE="120",
        TRACKER_NOTIFY_KEY="a key",
        TRACKER_NOTIFY_TEMPLATE="a template",
        TRACKER_NOTIFY_URL="https://notify.example/",
        TRACKER_NOTIFY_CALLBACK_TOKEN="c" * 20,
        TRACKER_METRICS_TOKEN="m" * 20,
    )
    assert made == Settings(
        database_url="postgresql://somewhere/tracker",
        secret_key=GOOD["TRACKER_SECRET_KEY"],
        base_url="https://tracker.westmere.example",
        files=Path("/srv/files"),
        smtp_host="mail.westmere.example",
        smtp_port=587,
        smtp_security="starttls",
        smtp_user="tracker",
        smtp_password="secret",
        smtp_timeout=2.5,
        mail_from="Tracker <tracker@westmere.example>",
        mail_hour=time(7, 30),
        lease_seconds=5.1,
        sweep_seconds=0.5,
        reading_seconds=20,
        reading_look_seconds=1.5,
        largest_upload=3 * 1024 * 1024,
        session_idle_minutes=15,
        session_hours=8,
        trusted_proxies=1,
        mail_return="returns@westmere.example",
        mails_a_minute=120,
        notify_key="a key",
        notify_template="a template",
        notify_url="https://notify.example",
        notify_callback_token="c" * 20,
        metrics_token="m" * 20,
    )


@pytest.mark.parametrize(
    ("secret", "taken"),
    [
        ("k" * SHORTEST_SECRET, True),
        ("k" * (SHORTEST_SECRET - 1), False),
        ("", False),
        (DEMONSTRATION_SECRET, False),  # long enough, but published
    ],
)
def test_a_secret_must_be_long_and_not_the_demonstrations(secret: str, taken: bool) -> None:
    environ = GOOD | {"TRACKER_SECRET_KEY": secret}
    if taken:
        assert from_environment(environ).secret_key == secret
    else:
        assert "TRACKER_SECRET_KEY" in refusal(environ)


def test_a_secret_that_is_not_given_is_refused() -> None:
    assert "TRACKER_SECRET_KEY" in refusal({"TRACKER_BASE_URL": GOOD["TRACKER_BASE_URL"]})


@pytest.mark.parametrize(
    "address",
    ["", "tracker.westmere.example", "https://", "ftp://tracker.westmere.example", "http://tracker.westmere.example",
     "https://[broken", "http://127.0.0.1.westmere.example"],
)  # fmt: skip
def test_an_address_that_is_none_or_not_https_is_refused(address: str) -> None:
    assert "TRACKER_BASE_URL" in refusal(GOOD | {"TRACKER_BASE_URL": address})


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://localhost:8000"])
def test_on_this_machine_http_will_do(address: str) -> None:
    made = settings(TRACKER_BASE_URL=address)
    assert made.base_url == address
    assert not made.secure


@pytest.mark.parametrize(
    ("timeout", "lease", "taken"), [("29.9", "60", True), ("30", "60", False), ("31", "60", False)]
)
def test_a_mail_must_not_outlive_its_lease(timeout: str, lease: str, taken: bool) -> None:
    environ = GOOD | {"TRACKER_SMTP_TIMEOUT": timeout, "TRACKER_LEASE_SECONDS": lease}
    if taken:
        assert from_environment(environ).smtp_timeout == float(timeout)
    else:
        sentence = refusal(environ)
        assert "TRACKER_SMTP_TIMEOUT" in sentence
        assert "TRACKER_LEASE_SECONDS" in sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRACKER_SMTP_PORT", "smtp"),
        ("TRACKER_SMTP_PORT", ""),
        ("TRACKER_SMTP_PORT", "0"),
        ("TRACKER_SMTP_PORT", "65536"),
        ("TRACKER_SMTP_TIMEOUT", "soon"),
        ("TRACKER_SMTP_TIMEOUT", "0"),
        ("TRACKER_SMTP_TIMEOUT", "nan"),
        ("TRACKER_LEASE_SECONDS", "a minute"),
        ("TRACKER_LEASE_SECONDS", "inf"),
        ("TRACKER_SWEEP_SECONDS", "often"),
        ("TRACKER_SWEEP_SECONDS", "0"),
        ("TRACKER_SWEEP_SECONDS", "-1"),
        ("TRACKER_LARGEST_UPLOAD_MB", "2.5"),
        ("TRACKER_LARGEST_UPLOAD_MB", "0"),
        ("TRACKER_SESSION_IDLE_MINUTES", "an hour"),
        ("TRACKER_SESSION_IDLE_MINUTES", "0"),
        ("TRACKER_SESSION_HOURS", "half a day"),
        ("TRACKER_SESSION_HOURS", "-12"),
        ("TRACKER_TRUSTED_PROXIES", "one"),
        ("TRACKER_TRUSTED_PROXIES", "-1"),
        ("TRACKER_MAIL_HOUR", "8 in the morning"),
        ("TRACKER_MAIL_HOUR", "25:00"),
        ("TRACKER_MAIL_HOUR", "08:00+02:00"),
        ("TRACKER_SMTP_SECURITY", "ssl"),
        ("TRACKER_MAILS_A_MINUTE", "many"),
        ("TRACKER_MAILS_A_MINUTE", "0"),
        ("TRACKER_NOTIFY_KEY", "a key without a template"),
        ("TRACKER_NOTIFY_TEMPLATE", "a template without a key"),
        ("TRACKER_NOTIFY_CALLBACK_TOKEN", "short"),
        ("TRACKER_METRICS_TOKEN", "x" * 19),
        ("TRACKER_DEMONSTRATION", "perhaps"),
        ("TRACKER_DATABASE_URL", "mysql://somewhere/tracker"),
        ("TRACKER_DATABASE_URL", ""),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(name: str, value: str) -> None:
    assert name in refusal(GOOD | {name: value})


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("TRUE", True), ("1", True), ("no", False), ("0", False)])
def test_the_demonstration_is_switched_on_by_yes_only(said: str, meant: bool) -> None:
    local = {"TRACKER_BASE_URL": "http://localhost:8000"}
    assert from_environment(GOOD | local | {"TRACKER_DEMONSTRATION": said}).demonstration is meant


def test_the_demonstration_needs_nothing_and_is_on_this_machine() -> None:
    made = from_environment(DEMONSTRATION)
    assert made.base_url == "http://127.0.0.1:8000"
    assert made.secret_key == DEMONSTRATION_SECRET


def test_the_demonstration_is_never_reached_from_elsewhere() -> None:
    sentence = refusal(DEMONSTRATION | {"TRACKER_BASE_URL": "https://tracker.westmere.example"})
    assert "TRACKER_BASE_URL" in sentence
