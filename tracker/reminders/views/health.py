"""Signs of life for whoever runs the service: whether the database answers and reminders are being written."""

from flask.typing import ResponseReturnValue

from tracker.models import work_for_all
from tracker.reminders.queries import is_sweeping
from tracker.reminders.views.blueprint import blueprint
from tracker.web.access import open_to_everybody
from tracker.web.wiring import db, now, wiring


@blueprint.get("/health/ready")
@open_to_everybody
def ready() -> ResponseReturnValue:
    """Say whether the database answers and reminders are being written; 503 where they are not."""
    work_for_all(db())
    sweeping = is_sweeping(db(), now=now(), sweep_seconds=wiring().settings.sweep_seconds)
    return {"database": "answers", "reminders": "written" if sweeping else "standing still"}, 200 if sweeping else 503
