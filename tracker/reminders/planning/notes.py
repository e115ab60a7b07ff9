"""What later stages of the flow have to say in people's one mail of a morning. Reads only.

A later stage is never imported here: it gives a ``Teller``, and whoever starts a sweep hands the tellers in. What a
teller says is written, kept single and looked at once more like any reminder: by a row of its own with a unique key, in
the transaction of the mail.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.models import PaperNotice, QuestionReminder
from tracker.reminders.planning.mornings import Morning
from tracker.reminders.words.notes import Note

Row = type[QuestionReminder | PaperNotice]


@dataclass(frozen=True)
class Saying:
    """A note for one person, with the row that says that they were told: ``key`` is what makes it single."""

    person_id: int
    note: Note
    row: Row
    key: Mapping[str, object]  # beside council, person, mail and time


@dataclass(frozen=True)
class Teller:
    """A later stage's part of the morning's mails.

    ``due`` returns what is to be said on a morning and has not been said yet; ``again`` what mails that will not leave
    would have said, as far as it is still true.
    """

    due: Callable[[Morning], Iterable[Saying]]
    again: Callable[[Morning, Collection[int]], Iterable[Saying]]


Tellers = Sequence[Teller]
Sayings = dict[int, list[Saying]]


def sayings_due(morning: Morning, tellers: Tellers, *, but: Collection[int]) -> Sayings:
    """Return what later stages tell whom this morning. ``but`` names the people who are told nothing more that day."""
    found: Sayings = defaultdict(list)
    for teller in tellers:
        for saying in teller.due(morning):
            if saying.person_id in morning.active and saying.person_id not in but:
                found[saying.person_id].append(saying)
    return found


def joined(newer: Sequence[Saying], older: Sequence[Saying]) -> tuple[Note, ...]:
    """Return the notes of both, without the older ones of which there is a newer one of the same page."""
    said = {(saying.note.kind, saying.note.path): saying.note for saying in (*older, *newer)}
    return tuple(said.values())
