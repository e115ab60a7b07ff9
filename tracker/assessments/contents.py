"""What a later report says became of earlier recommendations, beside what we say of them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.assessments.ours import Ours
from tracker.terms import DONE_DELIVERY, Delivery, ProgressJudgement

BEST_FIRST = (
    ProgressJudgement.COMPLETED,
    ProgressJudgement.GOOD_PROGRESS,
    ProgressJudgement.SOME_PROGRESS,
    ProgressJudgement.MIXED,
    ProgressJudgement.LIMITED_PROGRESS,
)
BEGUN = BEST_FIRST[:3]
NOT_FINISHED = BEST_FIRST[2:]


@dataclass(frozen=True)
class Statement:
    """A sentence in which the inspectors judge what became of earlier recommendations."""

    quote: str
    judgement: ProgressJudgement
    section: str
    page: int
    about: tuple[int, ...]  # places, in the reading, of the recommendations it is about


@dataclass(frozen=True)
class Asked:
    """A recommendation of the earlier review, as the later report repeats it."""

    words: str
    section: str
    page: int | None
    place: int | None  # in the reading; none where a person added it
    ours: Ours | None


@dataclass(frozen=True)
class Followed:
    """One recommendation: asked, did, they said."""

    asked: Asked
    said: tuple[Statement, ...]  # what speaks most directly of it comes first
    difference: str  # a sentence, or nothing where both say the same

    def said_apart_from(self, said_once: Sequence[Statement]) -> tuple[Statement, ...]:
        """Leave out what is shown once for all, unless it is all that is said of this one."""
        return tuple(one for one in self.said if one not in said_once) or self.said


@dataclass(frozen=True)
class Progress:
    """One report's account of an earlier review."""

    followed: tuple[Followed, ...]
    of_all: tuple[Statement, ...]  # said of every one of them
    of_none: tuple[Statement, ...]  # said of no recommendation that is listed

    @property
    def silent(self) -> int:
        """How many recommendations the report says nothing of."""
        return sum(not one.said for one in self.followed)

    @property
    def different(self) -> int:
        """How many are judged otherwise by us than by the inspectors."""
        return sum(bool(one.difference) for one in self.followed)

    @property
    def sections(self) -> dict[str, list[Followed]]:
        """The recommendations under the headings they stand under, in the report's order."""
        found: dict[str, list[Followed]] = {}
        for one in self.followed:
            found.setdefault(one.asked.section, []).append(one)
        return found


def progress(asked: Iterable[Asked], statements: Sequence[Statement], said_on: date | None = None) -> Progress:
    """Put each recommendation beside what the report, of the day ``said_on``, says of it."""
    followed = [_followed(one, statements, said_on) for one in asked]
    listed = {one.asked.place for one in followed if one.asked.place is not None}
    of_all = tuple(one for one in statements if len(listed) > 1 and listed <= set(one.about))
    of_none = tuple(one for one in statements if not listed & set(one.about))
    return Progress(tuple(followed), of_all, of_none)


def difference(ours: Ours | None, said: Sequence[Statement], said_on: date | None = None) -> str:
    """Say in words where our status and the inspectors' judgement differ.

    What speaks of the fewest recommendations speaks most directly, and is what counts. What was completed only after
    the inspectors spoke is no difference: it was not done when they judged it.
    """
    if ours is None or ours.withheld or not said:
        return ""
    done_since = bool(said_on and ours.claimed_on and ours.claimed_on > said_on)
    fewest = min(len(one.about) for one in said)
    theirs = sorted({one.judgement for one in said if len(one.about) == fewest}, key=BEST_FIRST.index)
    best, worst = theirs[0], theirs[-1]
    if ours.delivery in DONE_DELIVERY and worst in NOT_FINISHED and not done_since:
        return f"We say {_plain(ours.delivery)}. The inspectors say {_plain(worst)}."
    if ours.delivery is Delivery.NOT_STARTED and best in BEGUN:
        return f"We say not started. The inspectors say {_plain(best)}."
    if ours.delivery not in DONE_DELIVERY and worst is ProgressJudgement.COMPLETED:
        return f"We say {_plain(ours.delivery)}. The inspectors say completed."
    return ""


def _followed(asked: Asked, statements: Sequence[Statement], said_on: date | None) -> Followed:
    about = [one for one in statements if asked.place is not None and asked.place in one.about]
    said = tuple(sorted(about, key=lambda one: len(one.about)))
    return Followed(asked, said, difference(asked.ours, said, said_on))


def _plain(term: Delivery | ProgressJudgement) -> str:
    return term.label.lower()
