"""Pages of scrutiny: where things stand, the overdue report, committees, their reports, and members' questions."""

from tracker.scrutiny.views import committees, form, papers, public, questions, words
from tracker.scrutiny.views.blueprint import blueprint
from tracker.scrutiny.views.overdue import where_things_stand
from tracker.scrutiny.views.papers import MAKER

__all__ = ["MAKER", "blueprint", "committees", "form", "papers", "public", "questions", "where_things_stand", "words"]
