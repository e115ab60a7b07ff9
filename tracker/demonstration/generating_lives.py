"""What becomes of one action of a large demonstration: where it stands today, and everything said of it on the way.

Days are ordinals. What is written obeys the rules of actions/lifecycle.py and its history says the same as its columns.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random

from dateutil.relativedelta import relativedelta

from tracker.demonstration.generating_council import Town
from tracker.demonstration.generating_rows import Rows, Who, day_text, moment, stored
from tracker.demonstration.generating_words import (
    CLAIMED,
    NEWS_BEGIN,
    NEWS_END,
    REASONS,
    RETURNED,
    SAFEGUARD,
    STEPS,
    SUCCESS_TEST,
    UPHELD,
)
from tracker.models.searching import CLAIM, FILE, TEST, TITLE, UPDATE, WORDS, claim_text, title_text
from tracker.terms import CloseReason, ContributionStatus, Decision, Delivery, HoldingOutcome, How, Marking, Priority
from tracker.wording import format_date

STILL_OPEN = ((0, 0.93), (30, 0.5), (90, 0.35), (180, 0.25), (730, 0.13))  # days late at most, and the share still open
STILL_OPEN_AFTER = 0.07
OPEN_STATES = (Delivery.NOT_STARTED, Delivery.IN_PROGRESS, Delivery.PAUSED, Delivery.AWAITING_CHECK)
UPDATES = (3, 4, 5, 6, 7, 8)
HOLDING_MONTHS = (3, 6)
NEWS = [f"{begin}, {end}" for begin in NEWS_BEGIN for end in NEWS_END]
MARKINGS, MARKED = (Marking.OPEN.value, Marking.EXEMPT.value, Marking.CONFIDENTIAL.value), (95, 4, 1)
PRIORITIES, PRESSING = (Priority.NORMAL.value, Priority.HIGH.value, Priority.LOW.value), (80, 14, 6)


@dataclass(frozen=True)
class Asked:
    """What a report asks for, and of whom."""

    report_id: int
    point_id: int
    reference: str
    title: str
    words: str
    owner: Who
    lead: Who
    base: int
    due: int
    due_sum: str
    assumed: bool
    confirmed: int  # the day the action was made


class Life:
    """One action, told from its beginning."""

    def __init__(self, rows: Rows, town: Town, chance: Random, asked: Asked, today: int) -> None:
        """Make the action; ``tell`` says the rest."""
        self.rows, self.town, self.chance, self.asked, self.today = rows, town, chance, asked, today
        self.id = rows.new_id("actions")
        self.delivery = Delivery.NOT_STARTED
        self.current = asked.due
        self.claimed_on: int | None = None
        self.closed_at: str | None = None
        self.close_reason: str | None = None
        self.heard_at: str | None = None
        self.begun = asked.confirmed
        self.marking = chance.choices(MARKINGS, MARKED)[0]
        self.checker = next(lead for lead in town.leads if lead.id != asked.lead.id)

    def tell(self) -> None:
        """Tell what became of it, and put its row in."""
        asked = self.asked
        after: dict[str, object] = {
            "original_due_date": day_text(asked.due), "owner_id": asked.owner.id, "lead_id": asked.lead.id,
        }  # fmt: skip
        self._say(asked.confirmed, 600, asked.lead, "created", "made the action", after=after, note=asked.due_sum)
        ends = self._destiny()
        lines = self._bodies()
        last = min(ends.day, self.today - 1)
        if ends.delivery is not Delivery.NOT_STARTED:
            self._plan(last)
            self._updates(last)
            self._more_time(last)
        self._answers(lines, ends.delivery, last)
        self._end(ends)
        self._put()

    def _destiny(self) -> "Ends":
        asked, chance, today = self.asked, self.chance, self.today
        late = today - asked.due
        share = next((share for most, share in STILL_OPEN if late <= most), STILL_OPEN_AFTER)
        if chance.random() < share or today - asked.confirmed < 40:  # noqa: PLR2004 - too young to have ended
            day = max(today - chance.randrange(2, 30), asked.confirmed + 2)
            young = today - asked.confirmed < 5  # noqa: PLR2004 - days in which nobody has begun yet
            state = chance.choices(OPEN_STATES, (18, 62, 7, 13))[0]
            return Ends(Delivery.NOT_STARTED if young else state, day)
        latest = today - 15
        first = asked.confirmed + 20
        on_time = min(asked.due, latest)
        day = chance.randrange(first, max(first, on_time) + 1)
        if late > 0 and chance.random() < 0.35:  # noqa: PLR2004 - the share that was done late
            day = min(latest, asked.due + chance.randrange(1, 220))
        ended = Delivery.CLOSED_NOT_COMPLETED if chance.random() < 0.05 else Delivery.CHECKED  # noqa: PLR2004
        return Ends(ended, max(day, first))

    def _say(
        self, day: int, minutes: int, by: Who, verb: str, sentence: str, *, before: dict[str, object] | None = None,
        after: dict[str, object] | None = None, note: str | None = None,
    ) -> None:  # fmt: skip
        chain = self.town.chain
        chain.say(
            moment(day, minutes), by, ("action", self.id), verb, sentence, before=before, after=after, note=note
        )  # fmt: skip

    def _move(self, when: tuple[int, int], by: Who, to: Delivery, said: tuple[str, str], note: str) -> None:
        (day, minutes), (verb, sentence) = when, said
        before, self.delivery = self.delivery, to
        self._say(
            day, minutes, by, verb, sentence, before={"delivery": before.value}, after={"delivery": to.value},
            note=note or None,
        )  # fmt: skip

    def _plan(self, last: int) -> None:
        asked = self.asked
        if self.chance.random() > 0.2 or asked.due < asked.confirmed + 30:  # noqa: PLR2004 - the share with steps
            return
        for number, title in enumerate(STEPS[: self.chance.randrange(1, 4)]):
            due = asked.confirmed + (asked.due - asked.confirmed) * (number + 1) // 5
            done = day_text(due - 1) if due < last else None
            sentence = f"added the step “{title}”, due {_written(due)}"
            self._say(asked.confirmed, 620 + number, asked.lead, "step_added", sentence)
            if done:
                self._say(due - 1, 700, asked.owner, "step_done", f"noted the step “{title}” as done")
            self.rows.add("milestones", self.town.id, self.id, title, day_text(due), done)

    def _updates(self, last: int) -> None:
        chance, begin, owner = self.chance, self.asked.confirmed + 1, self.asked.owner
        number = chance.choices(UPDATES, (35, 28, 18, 10, 6, 3))[0]
        for place in range(number):
            day = begin + int((last - begin) * (place + chance.random()) / number)
            minutes = 525 + place * 60 + chance.randrange(50)
            words, at = NEWS[chance.randrange(len(NEWS))], stored(moment(day, minutes))
            self._say(day, minutes, owner, "updated", "wrote an update", note=words)
            if place == 0:
                self.begun = day
                self._move((day, minutes), owner, Delivery.IN_PROGRESS, ("begin", "began work"), "")
            self.rows.add(
                "search_texts", self.town.id, self.id, UPDATE,
                self.rows.add("updates", self.town.id, self.id, owner.id, at, words, How.PAGE.value, self.marking),
                words,
            )  # fmt: skip
            self.heard_at = at

    def _more_time(self, last: int) -> None:
        if self.chance.random() > 0.25:  # noqa: PLR2004 - the share that asked
            return
        asked, day = self.asked, min(self.asked.due, last) - self.chance.randrange(1, 15)
        times = self.chance.choices((1, 2), (4, 1))[0]
        for _ in range(times):
            if day <= asked.confirmed + 2 or day + 3 > last:
                return
            until = max(self.current, day) + self.chance.randrange(20, 120)
            reason = self.chance.choice(REASONS)
            agreed = self.chance.random() < 0.75  # noqa: PLR2004 - the share agreed to
            outcome, verb = (Decision.AGREED, "agreed") if agreed else (Decision.REFUSED, "refused")
            note = "" if agreed else "The work can be done in time."
            self.rows.add(
                "extensions", self.town.id, self.id, self.marking, asked.owner.id, stored(moment(day, 900)),
                day_text(self.current), day_text(until), reason, SAFEGUARD, outcome.value, self.checker.id,
                stored(moment(day + 3, 905)), note or None,
            )  # fmt: skip
            sentence = f"asked for more time, until {_written(until)}"
            self._say(day, 900, asked.owner, "extension_asked", sentence, note=f"{reason}\nMeanwhile: {SAFEGUARD}")
            before: dict[str, object] = {"current_due_date": day_text(self.current)}
            self.current = until if agreed else self.current
            sentence = f"{'agreed to' if agreed else 'refused'} more time, until {_written(until)}"
            self._say(
                day + 3, 905, self.checker, f"extension_{verb}", sentence, before=before,
                after={"current_due_date": day_text(self.current)}, note=note or None,
            )  # fmt: skip
            day = until - 10 if agreed else day + 40

    def _bodies(self) -> list[int]:
        if self.chance.random() > 0.35:  # noqa: PLR2004 - the share that names other bodies
            return []
        return self.chance.sample(range(len(self.town.bodies)), self.chance.choice((1, 1, 2)))

    def _answers(self, lines: list[int], ends: Delivery, last: int) -> None:
        finished = ends in (Delivery.AWAITING_CHECK, Delivery.CHECKED)
        for place in lines:
            status = ContributionStatus.DONE if finished else self.chance.choice(OPEN_LINES)
            day = max(self.asked.confirmed + 1, last - self.chance.randrange(3, 20))
            answered = status is not ContributionStatus.NO_REPLY and day < self.today
            at, body = stored(moment(day, 690)), self.town.bodies[place]
            if not answered:
                status = ContributionStatus.NO_REPLY
            self.rows.add(
                "contributions", self.town.id, self.id, body, status.value,
                "Our part is under way." if answered else None, at if answered else None,
            )  # fmt: skip
            if answered:
                before: dict[str, object] = {"body_id": body, "status": ContributionStatus.NO_REPLY.value}
                after: dict[str, object] = {"body_id": body, "status": status.value}
                sentence = f"noted {self.town.body_names[place]}: {status.label.lower()}"
                self._say(day, 690, self.asked.owner, "contribution", sentence, before=before, after=after)

    def _end(self, ends: "Ends") -> None:
        if ends.delivery is Delivery.PAUSED:
            self._pause()
        elif ends.delivery is Delivery.AWAITING_CHECK:
            self._claim(ends.day, Decision.WAITING)
        elif ends.delivery is Delivery.CHECKED:
            if self.chance.random() < 0.12 and ends.day - 12 > self.asked.confirmed + 10:  # noqa: PLR2004
                self._claim(ends.day - 12, Decision.REFUSED)
            self._claim(ends.day, Decision.AGREED)
        elif ends.delivery is Delivery.CLOSED_NOT_COMPLETED:
            self._close(ends.day)

    def _pause(self) -> None:
        asked = max(self.today - self.chance.randrange(4, 20), self.begun)
        review, reason, rows = self.today + self.chance.randrange(5, 60), self.chance.choice(REASONS), self.rows
        rows.add(
            "pauses", self.town.id, self.id, self.marking, self.asked.owner.id, stored(moment(asked, 1080)),
            day_text(review), reason,
            SAFEGUARD, Decision.AGREED.value, self.checker.id, stored(moment(asked + 1, 1080)),
        )  # fmt: skip
        until = _written(review)
        note = f"{reason}\nMeanwhile: {SAFEGUARD}"
        self._say(asked, 1080, self.asked.owner, "pause_asked", f"asked for a pause until {until}", note=note)
        said = ("paused", f"agreed to a pause until {until}")
        self._move((asked + 1, 1080), self.checker, Delivery.PAUSED, said, "")

    def _claim(self, day: int, outcome: Decision) -> None:
        rows, town, owner, note = self.rows, self.town, self.asked.owner, self.chance.choice(CLAIMED)
        at = stored(moment(day, 1080))
        decided = outcome is not Decision.WAITING
        finding = self.chance.choice(UPHELD if outcome is Decision.AGREED else RETURNED) if decided else None
        checked = day + self.chance.randrange(2, 10) if decided else None
        checked_at = stored(moment(checked, 660)) if checked else None
        claim = rows.add(
            "claims", town.id, self.id, self.marking, owner.id, at, note, outcome.value,
            self.checker.id if decided else None,
            checked_at, finding,
        )  # fmt: skip
        rows.add("search_texts", town.id, self.id, CLAIM, claim, claim_text(note, finding))
        self._move((day, 1080), owner, Delivery.AWAITING_CHECK, ("claim", "claimed that it is done"), note)
        self.claimed_on, self.heard_at = day, at
        if self.chance.random() < 0.3:  # noqa: PLR2004 - the share with a link to what shows it
            self._link(claim, day, at)
        if checked is None:
            return
        if outcome is Decision.REFUSED:
            said = ("return", "returned the claim")
            self._move((checked, 660), self.checker, Delivery.IN_PROGRESS, said, finding or "")
            self.claimed_on = None
            return
        said = ("accept", "checked the claim and accepted it")
        self._move((checked, 660), self.checker, Delivery.CHECKED, said, finding or "")
        self.closed_at = checked_at
        self._look_again(claim, checked)

    def _link(self, claim: int, day: int, at: str) -> None:
        name = f"minutes.example/panel/{self.id}"
        url, owner = f"https://{name}", self.asked.owner
        row = self.rows.add(
            "evidence", self.town.id, self.id, claim, 0, url, name, "not_set_up", self.marking, owner.id, at
        )  # fmt: skip
        self.rows.add("search_texts", self.town.id, self.id, FILE, row, name)
        self._say(day, 1081, owner, "evidence_added", f"added the link {url}", after={"url": url})

    def _look_again(self, claim: int, checked: int) -> None:
        for months in HOLDING_MONTHS:
            due = _months_on(checked, months)
            looked = due + 2 < self.today
            outcome = HoldingOutcome.HOLDING if looked else HoldingOutcome.WAITING
            finding = "Five files read at random; all five show it." if looked else None
            self.rows.add(
                "holding_checks", self.town.id, self.id, claim, months, day_text(due), outcome.value,
                self.checker.id if looked else None, stored(moment(due, 840)) if looked else None, finding,
            )  # fmt: skip
            if looked:
                sentence = f"looked again after {months} months: {outcome.label.lower()}"
                self._move((due, 840), self.checker, Delivery.HOLDING, ("hold", sentence), finding or "")

    def _close(self, day: int) -> None:
        reason = self.chance.choice((CloseReason.NO_LONGER_APPLIES, CloseReason.RISK_ACCEPTED))
        note = f"{reason.label}. The duty has passed to the partnership."
        to = Delivery.CLOSED_NOT_COMPLETED
        self._move((day, 1140), self.town.director, to, ("close", "closed it, not completed"), note)
        self.closed_at, self.close_reason = stored(moment(day, 1140)), reason.value

    def _put(self) -> None:
        asked, town, chance = self.asked, self.town, self.chance
        success_test = SUCCESS_TEST if self.id % 3 else None
        self.rows.put(
            "actions", self.id, town.id, asked.reference, asked.report_id, asked.point_id, asked.title, asked.owner.id,
            asked.lead.id, asked.owner.post_id, asked.owner.service_id, chance.choice(town.themes),
            chance.choice(town.areas), chance.choices(PRIORITIES, PRESSING)[0],
            success_test, "accepted", self.delivery.value, self.marking,
            day_text(asked.base), day_text(asked.due), day_text(self.current), asked.due_sum, int(asked.assumed),
            None if self.claimed_on is None else day_text(self.claimed_on), self.closed_at, self.close_reason,
            town.director.id if self.close_reason else None, self.heard_at, stored(moment(asked.confirmed, 600)), 1,
        )  # fmt: skip
        title = title_text(asked.reference, asked.title)
        self.rows.add("search_texts", town.id, self.id, TITLE, self.id, title)
        self.rows.add("search_texts", town.id, self.id, WORDS, asked.point_id, asked.words)
        if success_test:
            self.rows.add("search_texts", town.id, self.id, TEST, self.id, success_test)


@dataclass(frozen=True)
class Ends:
    """Where an action is to stand today, and the day it came to its end, or was last heard of."""

    delivery: Delivery
    day: int


OPEN_LINES = (ContributionStatus.NO_REPLY, ContributionStatus.IN_PROGRESS, ContributionStatus.DONE)


@lru_cache(maxsize=10_000)
def _months_on(day: int, months: int) -> int:
    return (date.fromordinal(day) + relativedelta(months=months)).toordinal()


@lru_cache(maxsize=10_000)
def _written(day: int) -> str:
    return format_date(date.fromordinal(day))
