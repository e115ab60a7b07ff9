"""How a report stands to the earlier ones: what waits for a person, what was said, what is new."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.models import ActionPoint, SeriesLink
from tracker.terms import LinkDecision


@dataclass(frozen=True)
class Standing:
    """A report's points and statements by what is known of their earlier selves."""

    waiting: tuple[SeriesLink, ...]  # nobody has decided yet
    confirmed: tuple[SeriesLink, ...]
    refused: tuple[SeriesLink, ...]
    new: tuple[ActionPoint, ...]  # told before by nothing that is suggested or confirmed
    points: int

    @property
    def told(self) -> int:
        """How many points somebody has confirmed to have been told before."""
        return len({link.point_id for link in self.confirmed if link.point_id is not None})


def standing(points: Sequence[ActionPoint], links: Sequence[SeriesLink]) -> Standing:
    """Sort a report's links by what was decided, and its points by whether they have one."""
    place = {point.id: at for at, point in enumerate(points)}
    shown = [link for link in links if link.point_id is None or link.point_id in place]
    ordered = sorted(shown, key=lambda link: (place.get(link.point_id or 0, len(place)), -link.score, link.id))
    by = {decision: tuple(link for link in ordered if link.decision is decision) for decision in LinkDecision}
    told = {link.point_id for link in ordered if link.decision is not LinkDecision.REFUSED}
    return Standing(
        by[LinkDecision.PROPOSED],
        by[LinkDecision.CONFIRMED],
        by[LinkDecision.REFUSED],
        tuple(point for point in points if point.id not in told),
        len(points),
    )
