"""Pages of the next assessment: what became of earlier recommendations, judgements over time, the pack."""

from tracker.assessments.views import areas, progress, series  # noqa: F401 - their routes
from tracker.assessments.views.blueprint import blueprint
from tracker.assessments.views.packs import PACKER

__all__ = ["PACKER", "blueprint"]
