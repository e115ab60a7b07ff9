"""Figures for a monitoring system, in the text form of Prometheus. There only where the installation has set it up."""

from datetime import datetime

from flask import Response
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy.orm import Session

from tracker.models import work_for_all
from tracker.reminders import signs
from tracker.reminders.views.blueprint import blueprint
from tracker.reminders.views.callbacks import let_in_by
from tracker.web.access import open_to_everybody
from tracker.web.wiring import db, now, wiring


@blueprint.get("/metrics")
@open_to_everybody
def metrics() -> ResponseReturnValue:
    """Show the figures of the whole installation: nothing of a person or a council is in them."""
    let_in_by(wiring().settings.metrics_token)
    work_for_all(db())
    return Response(generate_latest(_figures(db(), now())), content_type=CONTENT_TYPE_LATEST)


def _figures(session: Session, moment: datetime) -> CollectorRegistry:
    """Put what the database says into a registry of its own: every web process answers the same."""
    registry, found = CollectorRegistry(), signs.figures(session, now=moment)
    for name, words, value in (
        ("tracker_mails_waiting", "Mails that wait, are being sent or are to be tried again.", found.waiting),
        ("tracker_oldest_waiting_seconds", "How long ago the oldest of them was written.", found.oldest_waiting),
        ("tracker_mails_sent", "Mails taken by the mail server or provider, arrived ones among them.", found.sent),
        ("tracker_mails_failed", "Mails refused for good or given up.", found.failed),
        ("tracker_mails_bounced", "Mails that came back.", found.bounced),
        ("tracker_sweep_seconds", "How long the last sweep took; absent before the first.", found.sweep_seconds),
        ("tracker_since_sweep_seconds", "How long ago a sweep went through; absent before the first.", found.since),
    ):
        if value is not None:
            Gauge(name, words, registry=registry).set(value)
    return registry
