"""Which way mails leave, by the settings."""

from tracker.adapters.mailer import Mailer, MemoryMailer, SmtpMailer
from tracker.adapters.notify import NotifyMailer
from tracker.config import Settings


def make_mailer(settings: Settings) -> Mailer:
    """Choose GOV.UK Notify where it is set up, else SMTP; in a demonstration that names neither nothing leaves."""
    if settings.notify_key:
        return NotifyMailer.from_settings(settings)
    if settings.demonstration and (settings.smtp_host, settings.smtp_port) == ("localhost", 25):
        return MemoryMailer()
    return SmtpMailer.from_settings(settings)
