"""Help, the accessibility statement, privacy, and whether the service is alive."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker.web.access import open_to_everybody

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
@open_to_everybody
def index() -> ResponseReturnValue:
    """Answer what each user really asks, by role."""
    return render_template("help/index.html")


@blueprint.get("/help/accessibility")
@open_to_everybody
def accessibility() -> ResponseReturnValue:
    """Show the accessibility statement."""
    return render_template("help/accessibility.html")


@blueprint.get("/help/privacy")
@open_to_everybody
def privacy() -> ResponseReturnValue:
    """Say what is kept about people."""
    return render_template("help/privacy.html")


@blueprint.get("/health/live")
@open_to_everybody
def live() -> ResponseReturnValue:
    """Say that the web process answers."""
    return {"status": "alive"}
