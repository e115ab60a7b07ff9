"""What a committee report holds: figures and rows frozen as at a day, and the part of them that each reader may have.

Pure. The public part has a count of what is exempt or confidential, and no words of it.
"""

from dataclasses import dataclass, replace
from datetime import date

from tracker.scrutiny.changes import Change, What, counted
from tracker.scrutiny.contents import OverdueAction, OverdueReport
from tracker.terms import DocumentPart, Marking
from tracker.wording import plural


@dataclass(frozen=True)
class Moment:
    """How many actions were open, and how many of them late, at the end of a day."""

    day: date
    open: int
    late: int


@dataclass(frozen=True)
class Asked:
    """A member's question, and its answer where there is one."""

    about: str  # the action's or the report's reference and title
    marking: Marking
    words: str
    by: str
    on: date
    owner: str
    due: date
    answer: str = ""
    answered_by: str = ""
    answered_on: date | None = None


@dataclass(frozen=True)
class Paper:
    """Everything that is frozen for a meeting, the exempt rows too."""

    overdue: OverdueReport
    committee: str
    meeting: date
    since: date | None
    changes: tuple[Change, ...]
    over_time: tuple[Moment, ...]
    questions: tuple[Asked, ...]


@dataclass(frozen=True)
class Part:
    """What one part of the report carries."""

    paper: Paper
    part: DocumentPart
    counts: tuple[tuple[What, int], ...]  # of all changes, since a count gives no words away
    late_withheld: int
    changes_withheld: int
    questions_withheld: int

    @property
    def has_rows(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.paper.overdue.rows or self.paper.changes or self.paper.questions)


def part_of(paper: Paper, part: DocumentPart) -> Part:
    """Part the rows that everybody may read from the others."""
    is_open = part is DocumentPart.PUBLIC

    def kept(row: OverdueAction | Change | Asked) -> bool:
        return (row.marking is Marking.OPEN) is is_open

    late = tuple(row for row in paper.overdue.rows if kept(row))
    changes = tuple(row for row in paper.changes if kept(row))
    questions = tuple(row for row in paper.questions if kept(row))
    shown = replace(paper, overdue=replace(paper.overdue, rows=late), changes=changes, questions=questions)
    return Part(
        paper=shown,
        part=part,
        counts=counted(paper.changes),
        late_withheld=len(paper.overdue.rows) - len(late),
        changes_withheld=len(paper.changes) - len(changes),
        questions_withheld=len(paper.questions) - len(questions),
    )


def withheld_words(count: int, singular: str) -> str:
    """Say how many are not in this part: > 2 late actions are exempt or confidential and stand in the exempt part."""
    if not count:
        return ""
    return f"{plural(count, singular)} {'is' if count == 1 else 'are'} exempt or confidential, and not in this part."
