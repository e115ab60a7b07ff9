"""Pages of the next assessment: what became of earlier recommendations, what is told again, judgements over time."""

from tracker.assessments.views import areas, progress, series  # noqa: F401 - their routes
from tracker.assessments.views.blueprint import blueprint

__all__ = ["blueprint"]
