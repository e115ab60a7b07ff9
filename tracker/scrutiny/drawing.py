"""The charts of the overdue report, for the page and for the paper alike. Pure."""

from tracker.charts.drawing import FONT, bar_chart, stacked_bar_chart
from tracker.scrutiny.contents import OverdueReport
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
    """Draw how much of each report is done, open, late and closed; a bar is as long as its actions are many."""
    return stacked_bar_chart(
        [
            (group.named.name, (group.done, group.open - group.late, group.late, group.closed))
            for group in report.by_report
        ],
        title="Actions by report",
        desc=". ".join(
            f"{group.named.name}: {plural(group.actions, 'action')}, {group.done} done, {group.late} late, "
            f"{group.closed} closed"
            for group in report.by_report
        ),
        series=("Done", "Open, not late", "Late", "Closed"),
        font=font,
    )
