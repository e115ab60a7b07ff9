"""Domain errors, each named for what happened. Its message is a sentence a person can act on."""


class TrackerError(Exception):
    """Something was asked for that the rules refuse. Nothing was changed."""

    def __init__(self, sentence: str | None = None, *, field: str | None = None) -> None:
        """Keep the sentence, the class's docstring by default, and the name of the field it is about, if of one."""
        super().__init__(sentence or (type(self).__doc__ or "").strip())
        self.field = field

    @property
    def sentence(self) -> str:
        """The message, as shown to the person."""
        return str(self)


class NotFound(TrackerError):
    """There is nothing here by that name, or it is not yours to see."""


class NotAllowed(TrackerError):
    """Your account cannot do this. Ask the lead for the report."""


class TooManyAttempts(NotAllowed):
    """Too many attempts. Wait five minutes, then try again."""


class UnreadableDocument(TrackerError):
    """The file could not be read. Save it again as a PDF with text, a Word document or plain text."""


class DocumentTooLarge(UnreadableDocument):
    """The file is too large. Add a smaller file, or paste the report's text."""


class AlreadyConfirmed(TrackerError):
    """The report has been confirmed, so its action points can no longer be changed here."""


class NotReadyToConfirm(TrackerError):
    """Some points still need an owner or a decision before the report can be confirmed."""


class MoveNotAllowed(TrackerError):
    """The action cannot be changed in that way from where it stands."""


class ChangedMeanwhile(TrackerError):
    """Somebody else changed this since you opened it. Look at it again and repeat your change if it still applies."""


class InvalidValue(TrackerError):
    """A value was given that cannot be used."""


class SettingError(TrackerError):
    """The service cannot start with these settings."""
