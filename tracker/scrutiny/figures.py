"""The figures of how actions stand at a date: counted in one place for pages, papers and tables. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.actions.timeliness import timeliness
from tracker.terms import DONE_DELIVERY, LATE, OPEN_DELIVERY, Delivery, Timeliness
from tracker.wording import percent, plural


@dataclass(frozen=True)
class Named:
    """A report or a service, as a group is headed and filtered by."""

    id: int | None
    name: str


@dataclass(frozen=True)
class State:
    """How one action stood at the end of a day: all that counting needs."""

    action_id: int
    report: Named
    service: Named
    delivery: Delivery
    accepted: bool
    original_due: date
    claimed_on: date | None

    def timeliness(self, at: date) -> Timeliness:
        """Say how it stood to its original date."""
        return timeliness(self.delivery, self.original_due, at, claimed_on=self.claimed_on)


@dataclass(frozen=True)
class Totals:
    """The figures of everything the report is about."""

    open: int
    late: int
    accepted: int
    implemented: int  # of the accepted: completed and checked
    due_or_done: int  # the original date has passed, or it was done before
    on_time: int  # of those: claimed by the original date, and the check upheld it

    @property
    def summary(self) -> str:
        """Say the figures in two sentences, the same on the page and on paper."""
        return (
            f"{self.late} of {plural(self.open, 'open action')} {'is' if self.late == 1 else 'are'} late, counted "
            f"against the original due date. {self.implemented} of {plural(self.accepted, 'accepted action')} "
            f"({percent(self.implemented, self.accepted)}) {'is' if self.implemented == 1 else 'are'} completed and "
            f"checked; {self.on_time} of the {self.due_or_done} that have fallen due or are done "
            f"({percent(self.on_time, self.due_or_done)}) {'was' if self.on_time == 1 else 'were'} done on time."
        )


@dataclass(frozen=True)
class Group:
    """One report's or one service's part of the figures."""

    named: Named
    actions: int
    open: int
    late: int  # of the open
    done: int
    closed: int  # not completed; with done and open it makes up the actions


def late_ids(states: Iterable[State], at: date, band: Timeliness | None) -> set[int]:
    """Return which actions are late, in one band of age where one is chosen."""
    wanted = LATE if band is None else (band,)
    return {state.action_id for state in states if state.timeliness(at) in wanted}


def totals_of(states: Sequence[State], at: date) -> Totals:
    """Count everything once."""
    accepted = [state for state in states if state.accepted]
    done = [state for state in states if state.delivery in DONE_DELIVERY]
    passed = [state for state in states if state.original_due < at and state.delivery not in DONE_DELIVERY]
    return Totals(
        open=sum(state.delivery in OPEN_DELIVERY for state in states),
        late=sum(state.timeliness(at) in LATE for state in states),
        accepted=len(accepted),
        implemented=sum(state.delivery in DONE_DELIVERY for state in accepted),
        due_or_done=len(done) + len(passed),
        on_time=sum(state.timeliness(at) is Timeliness.DONE_ON_TIME for state in done),
    )


def groups_of(states: Sequence[State], at: date, named: Sequence[Named]) -> tuple[Group, ...]:
    """Count by name, most late first, then by name."""
    members: dict[Named, list[State]] = {}
    for name, state in zip(named, states, strict=True):
        members.setdefault(name, []).append(state)
    groups = [
        Group(
            named=name,
            actions=len(found),
            open=sum(state.delivery in OPEN_DELIVERY for state in found),
            late=sum(state.timeliness(at) in LATE for state in found),
            done=sum(state.delivery in DONE_DELIVERY for state in found),
            closed=sum(state.delivery is Delivery.CLOSED_NOT_COMPLETED for state in found),
        )
        for name, found in members.items()
    ]
    return tuple(sorted(groups, key=lambda group: (-group.late, group.named.name)))
