"""Hands mails to GOV.UK Notify, by its official client, in place of a mail server.

One email template is used for everything; it must say ((subject)) and ((body)) and nothing else. Its client comes with
the extra "notify". A failure is temporary or permanent as for a mail server (``mailer``).
"""

from typing import Any, Self

from tracker.adapters.mailer import (
    ADDRESS,
    Envelope,
    NeverHandedOver,
    PermanentFailure,
    ServerUnreachable,
    TemporaryFailure,
    clean_header,
)
from tracker.config import Settings
from tracker.errors import SettingError

BAD_REQUEST, TOO_MANY = 400, 429
OUR_FAULT = range(400, 500)  # it says that it has not taken what we asked
AGAINST_THE_MAIL = ("email_address", "too long", "too big")  # any other bad request is a fault of our set-up
NO_ADDRESS = "This person's email address is not one that mail can be sent to."


class NotifyMailer:
    """Hands mails to GOV.UK Notify."""

    def __init__(self, client: Any, template: str) -> None:  # noqa: ANN401 - its client has no types
        self._client, self._template = client, template

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Make one as the settings say. Raises SettingError where the client is not installed."""
        try:
            from notifications_python_client.notifications import NotificationsAPIClient  # noqa: PLC0415 - an extra; slow to load
        except ImportError:
            raise SettingError(
                "TRACKER_NOTIFY_KEY needs the package of GOV.UK Notify: install the extra notify."
            ) from None
        client = NotificationsAPIClient(  # type: ignore[no-untyped-call]
            settings.notify_key, base_url=settings.notify_url, timeout=settings.smtp_timeout
        )
        return cls(client, settings.notify_template or "")

    def send(self, envelope: Envelope) -> str | None:
        """Hand over one mail; returns what Notify calls it. Raises TemporaryFailure or PermanentFailure."""
        from notifications_python_client.errors import APIError  # noqa: PLC0415 - see above

        if not ADDRESS.fullmatch(envelope.to_address):
            raise PermanentFailure(NO_ADDRESS)
        try:
            answer = self._client.send_email_notification(
                email_address=envelope.to_address,
                template_id=self._template,
                personalisation={"subject": clean_header(envelope.subject), "body": envelope.text},
                reference=envelope.message_id,
            )
        except APIError as error:
            raise _failure(error.status_code, str(error.message), connected=_connected(error)) from error
        return str(answer["id"]) if isinstance(answer, dict) and "id" in answer else None

    def close(self) -> None:
        """Let go of the connections."""
        self._client.request_session.close()


def _connected(error: BaseException) -> bool:
    """Say whether a connection came about: the client says no more than that the request failed."""
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError  # noqa: PLC0415 - comes with its client

    reason: BaseException | None = error
    while reason is not None:
        if isinstance(reason, ConnectTimeoutError | NewConnectionError):
            return False
        reason = reason.__cause__ or reason.__context__
    return True


def _failure(code: int, said: str, *, connected: bool) -> TemporaryFailure | PermanentFailure:
    sentence = clean_header(f"GOV.UK Notify answered {code} {said}")
    if code == BAD_REQUEST and any(words in said for words in AGAINST_THE_MAIL):
        return PermanentFailure(sentence)
    # Too many a minute or a day says nothing of the mail, nor do a key, a template or a service that does not answer.
    if code == TOO_MANY:
        return TemporaryFailure(sentence)
    # A fault of its own, or an answer that cannot be read, may come after it has taken the mail.
    return NeverHandedOver(sentence) if not connected or code in OUR_FAULT else ServerUnreachable(sentence)
