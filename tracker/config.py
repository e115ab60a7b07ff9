"""Settings from the environment, checked at start. Each is documented in docs/operations.md, and only there.

A default here must be sensible in production and safe to publish; a value that is neither has no default.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from math import inf
from pathlib import Path
from urllib.parse import urlsplit

from tracker.errors import SettingError

SHORTEST_SECRET = 32  # characters; a key of less entropy can be guessed off-line from one cookie
SHORTEST_TOKEN = 20  # characters, of what another machine shows to be let in
DEMONSTRATION_SECRET = "for the demonstration only, never for a council"  # noqa: S105 - refused in production


@dataclass(frozen=True)
class Settings:
    """Everything the service can be told from outside."""

    database_url: str
    secret_key: str
    base_url: str
    files: Path
    demonstration: bool = False
    smtp_host: str = "localhost"
    smtp_port: int = 25
    smtp_security: str = "none"  # none, starttls, tls
    smtp_user: str | None = None
    smtp_password: str | None = None
    smtp_timeout: float = 10.0  # seconds; must be less than half the lease
    mail_from: str = "Recommendation tracker <no-reply@localhost>"
    mail_return: str | None = None  # the envelope's sender, to which a mail server returns what it cannot deliver
    mails_a_minute: int | None = None  # for all senders together; None: as many as the mail server takes
    notify_key: str | None = None  # with it mails leave by GOV.UK Notify in place of a mail server
    notify_template: str | None = None  # of one email template with ((subject)) and ((body))
    notify_url: str = "https://api.notifications.service.gov.uk"
    notify_callback_token: str | None = None  # what GOV.UK Notify shows when it tells what became of a mail
    metrics_token: str | None = None  # what a monitoring system shows to read /metrics
    mail_hour: time = time(8, 0)  # Europe/London
    lease_seconds: float = 60.0
    sweep_seconds: float = 60.0
    answer_days: int = 14  # the link in a mail can be answered without signing in
    reading_seconds: float = 25.0  # the longest a report may take to be read; a reader holds it for twice as long
    reading_look_seconds: float = 5.0
    scanner: str | None = None  # the command line of a virus scanner that reads a file from its input
    largest_upload: int = 25 * 1024 * 1024  # bytes
    session_idle_minutes: int = 60
    session_hours: int = 12
    trusted_proxies: int = 0

    @property
    def host(self) -> str:
        """The host name that pages may be asked for under."""
        try:
            return urlsplit(self.base_url).hostname or ""
        except ValueError:  # half an IPv6 address
            return ""

    @property
    def secure(self) -> bool:
        """Whether the service is reached over HTTPS."""
        return self.base_url.startswith("https://")


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read the settings.

    Raises SettingError with a sentence that names the setting: when one is missing or cannot be used, when the secret
    key is short or the demonstration's, when the address is not https outside the demonstration, or when a mail
    could outlive its lease.
    """
    demonstration = _flag(environ, "TRACKER_DEMONSTRATION")
    settings = Settings(
        database_url=_database_url(environ),
        secret_key=environ.get("TRACKER_SECRET_KEY", DEMONSTRATION_SECRET if demonstration else ""),
        base_url=environ.get("TRACKER_BASE_URL", "http://127.0.0.1:8000" if demonstration else "").rstrip("/"),
        files=Path(environ.get("TRACKER_FILES", "var/files")),
        demonstration=demonstration,
        smtp_host=environ.get("TRACKER_SMTP_HOST", "localhost"),
        smtp_port=_integer(environ, "TRACKER_SMTP_PORT", 25, most=65_535),
        smtp_security=_one_of(environ, "TRACKER_SMTP_SECURITY", ("none", "starttls", "tls")),
        smtp_user=environ.get("TRACKER_SMTP_USER"),
        smtp_password=environ.get("TRACKER_SMTP_PASSWORD"),
        smtp_timeout=_number(environ, "TRACKER_SMTP_TIMEOUT", 10),
        mail_from=environ.get("TRACKER_MAIL_FROM", "Recommendation tracker <no-reply@localhost>"),
        mail_return=environ.get("TRACKER_MAIL_RETURN") or None,
        mails_a_minute=_integer_or_none(environ, "TRACKER_MAILS_A_MINUTE"),
        notify_key=environ.get("TRACKER_NOTIFY_KEY") or None,
        notify_template=environ.get("TRACKER_NOTIFY_TEMPLATE") or None,
        notify_url=environ.get("TRACKER_NOTIFY_URL", "https://api.notifications.service.gov.uk").rstrip("/"),
        notify_callback_token=_token(environ, "TRACKER_NOTIFY_CALLBACK_TOKEN"),
        metrics_token=_token(environ, "TRACKER_METRICS_TOKEN"),
        mail_hour=_time(environ, "TRACKER_MAIL_HOUR", "08:00"),
        lease_seconds=_number(environ, "TRACKER_LEASE_SECONDS", 60),
        sweep_seconds=_number(environ, "TRACKER_SWEEP_SECONDS", 60),
        answer_days=_integer(environ, "TRACKER_ANSWER_DAYS", 14, most=90),
        reading_seconds=_number(environ, "TRACKER_READING_SECONDS", 25),
        reading_look_seconds=_number(environ, "TRACKER_READING_LOOK_SECONDS", 5),
        scanner=environ.get("TRACKER_SCANNER") or None,
        largest_upload=_integer(environ, "TRACKER_LARGEST_UPLOAD_MB", 25) * 1024 * 1024,
        session_idle_minutes=_integer(environ, "TRACKER_SESSION_IDLE_MINUTES", 60),
        session_hours=_integer(environ, "TRACKER_SESSION_HOURS", 12),
        trusted_proxies=_integer(environ, "TRACKER_TRUSTED_PROXIES", 0, least=0),
    )
    _check(settings)
    return settings


def _check(settings: Settings) -> None:
    if not settings.base_url.startswith(("http://", "https://")) or not settings.host:
        raise SettingError(
            "Set TRACKER_BASE_URL to the address people use, for example https://tracker.example.gov.uk."
        )
    if settings.smtp_timeout * 2 >= settings.lease_seconds:
        raise SettingError("TRACKER_SMTP_TIMEOUT must be less than half of TRACKER_LEASE_SECONDS.")
    if bool(settings.notify_key) != bool(settings.notify_template):
        raise SettingError("Set both TRACKER_NOTIFY_KEY and TRACKER_NOTIFY_TEMPLATE, or neither.")
    local = settings.host in ("127.0.0.1", "localhost")
    if settings.demonstration:
        if not local:
            raise SettingError("The demonstration may only be reached on this machine: TRACKER_BASE_URL must be local.")
        return
    if len(settings.secret_key) < SHORTEST_SECRET or settings.secret_key == DEMONSTRATION_SECRET:
        raise SettingError(
            f"Set TRACKER_SECRET_KEY to a random value of at least {SHORTEST_SECRET} characters, "
            'for example by: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    if not settings.secure and not local:
        raise SettingError("TRACKER_BASE_URL must begin with https:// unless it is on this machine.")


def _database_url(environ: Mapping[str, str]) -> str:
    url = environ.get("TRACKER_DATABASE_URL", "sqlite:///var/tracker.sqlite3")
    if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise SettingError("TRACKER_DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _token(environ: Mapping[str, str], name: str) -> str | None:
    value = environ.get(name) or None
    if value is not None and len(value) < SHORTEST_TOKEN:
        raise SettingError(f"{name} must be at least {SHORTEST_TOKEN} characters that nobody can guess.")
    return value


def _flag(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "no").lower()
    if value not in ("yes", "no", "true", "false", "1", "0"):
        raise SettingError(f"{name} must be yes or no.")
    return value in ("yes", "true", "1")


def _integer(environ: Mapping[str, str], name: str, default: int, *, least: int = 1, most: int = 1_000_000) -> int:
    try:
        value = int(environ.get(name, default))
    except ValueError:
        raise SettingError(f"{name} must be a whole number.") from None
    if not least <= value <= most:
        raise SettingError(f"{name} must be a whole number from {least} to {most}.")
    return value


def _integer_or_none(environ: Mapping[str, str], name: str) -> int | None:
    return _integer(environ, name, 1) if environ.get(name) else None


def _number(environ: Mapping[str, str], name: str, default: float) -> float:
    try:
        value = float(environ.get(name, default))
    except ValueError:
        raise SettingError(f"{name} must be a number of seconds.") from None
    if not 0 < value < inf:
        raise SettingError(f"{name} must be a number of seconds above 0.")
    return value


def _time(environ: Mapping[str, str], name: str, default: str) -> time:
    try:
        value = time.fromisoformat(environ.get(name, default))
    except ValueError:
        value = None
    if value is None or value.tzinfo is not None:
        raise SettingError(f"{name} must be a time of day such as 08:00, of Europe/London.")
    return value


def _one_of(environ: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = environ.get(name, allowed[0])
    if value not in allowed:
        raise SettingError(f"{name} must be one of: {', '.join(allowed)}.")
    return value
