"""The service navigation: three to five entries, by role."""

from dataclasses import dataclass

from tracker.terms import Role


@dataclass(frozen=True)
class Entry:
    """One link of the navigation."""

    text: str
    href: str
    active: bool = False


_HOME = {
    Role.SERVICE_MANAGER: ("My actions", "/"),
    Role.LEAD: ("Waiting for me", "/"),
    Role.DIRECTOR: ("Where things stand", "/"),
    Role.SCRUTINY_MEMBER: ("Where things stand", "/"),
    Role.ADMINISTRATOR: ("Council", "/"),
}
_REPORTS, _ACTIONS = ("Reports", "/reports"), ("Actions", "/actions")
_OVERDUE, _PROGRESS, _REMINDERS = ("Overdue", "/overdue"), ("Progress", "/assessments"), ("Reminders", "/reminders")
_ENTRIES = {
    Role.SERVICE_MANAGER: (_ACTIONS, _REPORTS, _OVERDUE),
    Role.LEAD: (_REPORTS, _ACTIONS, _OVERDUE, _PROGRESS),
    Role.DIRECTOR: (_REPORTS, _ACTIONS, _OVERDUE, _PROGRESS),
    Role.SCRUTINY_MEMBER: (_OVERDUE, _REPORTS, _PROGRESS),
    Role.ADMINISTRATOR: (_REMINDERS, _REPORTS, _ACTIONS, _OVERDUE),
}


def navigation_for(role: Role, path: str) -> list[Entry]:
    """Return a role's entries, the one whose pages these are marked."""
    entries = (_HOME[role], *_ENTRIES[role])
    return [Entry(text, href, path == href or (href != "/" and path.startswith(href + "/"))) for text, href in entries]
