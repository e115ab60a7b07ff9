"""The charts of the overdue report, for the page and for the paper alike. Pure."""

from collections.abc import Iterable, Sequence

from tracker.charts.drawing import FONT, bar_chart, stacked_bar_chart
from tracker.scrutiny.contents import OverdueReport
from tracker.scrutiny.figures import Group
from tracker.wording import plural


def late_by_age(report: OverdueReport, *, font: str = FONT) -> str:
    """Draw how many actions are how late."""
    return bar_chart(
        [(band.label, count) for band, count in report.by_age],
        title="Late actions by age",
        desc=late_by_age_in_words(report),
        font=font,
    )


def late_by_age_in_words(report: OverdueReport) -> str:
    """Say what that chart shows."""
    said = [f"{band.label}: {count}" for band, count in report.by_age if count]
    return f"{'; '.join(said)}." if said else "No action is late."


def delivery_by_report(report: OverdueReport, *, font: str = FONT) -> str:
    """Draw how much of each report is done, open, late and closed."""
    return _delivery(report.by_report, "Actions by report", font)


def delivery_by_service(report: OverdueReport, *, font: str = FONT) -> str:
    """Draw the same for each service."""
    return _delivery(report.by_service, "Actions by service", font)


def delivery_in_words(groups: Iterable[Group]) -> str:
    """Say what such a chart shows."""
    return ". ".join(
        f"{group.named.name}: {plural(group.actions, 'action')}, {group.done} done, {group.late} late, "
        f"{group.closed} closed"
        for group in groups
    )


def _delivery(groups: Sequence[Group], title: str, font: str) -> str:
    """Draw a bar for each group, as long as its actions are many."""
    bars = [(one.named.name, (one.done, one.open - one.late, one.late, one.closed)) for one in groups]
    return stacked_bar_chart(
        bars,
        title=title,
        desc=delivery_in_words(groups),
        series=("Done", "Open, not late", "Late", "Closed"),
        font=font,
    )
