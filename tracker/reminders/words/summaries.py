"""A line for each mail that a sweep wrote, for who runs it by hand. Pure."""

from dataclasses import dataclass

from tracker.reminders.words import body_mails
from tracker.reminders.words.body_mails import BodyLetter
from tracker.reminders.words.emails import Digest, matter, subject_of


@dataclass(frozen=True)
class Written:
    """A mail that a sweep wrote: to whom, how much it tells, under which subject."""

    person_name: str
    tells: int
    subject: str


def tells(digest: Digest) -> int:
    """Count the actions that a mail tells of and what later stages have to say; what is in a plan is only shown."""
    return len(digest.items) + len(digest.notes)


def line_of(digest: Digest) -> Written:
    """Say what was written to a person."""
    return Written(digest.person_name, tells(digest), subject_of(matter(digest), digest.council_name))


def line_of_letter(letter: BodyLetter) -> Written:
    """Say what was written to a body's contact."""
    subject = subject_of(body_mails.matter(letter), letter.council_name)
    return Written(letter.to_address, len(letter.items), subject)
