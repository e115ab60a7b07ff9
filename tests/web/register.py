"""The register of routes, written by hand: every page and every button, and who may use it.

A route that is not here fails the test, as does one that lets in more or fewer than it says here.
"""

from tracker.terms import Role

OWNERS, LEAD, DIRECTOR = Role.SERVICE_MANAGER, Role.LEAD, Role.DIRECTOR
MEMBER, ADMINISTRATOR = Role.SCRUTINY_MEMBER, Role.ADMINISTRATOR

NOBODY = frozenset[Role]()
ANYBODY = None  # signed in or not
EVERY_ROLE = frozenset(Role)
PLANNERS = frozenset({LEAD, DIRECTOR})
OFFICERS = frozenset({OWNERS, LEAD, DIRECTOR})
ADMINISTRATORS = frozenset({ADMINISTRATOR})
MAIL_READERS = PLANNERS | ADMINISTRATORS

# (method, rule): who may
REGISTER: dict[tuple[str, str], frozenset[Role] | None] = {
    ("GET", "/"): EVERY_ROLE,
    ("GET", "/sign-in"): ANYBODY,
    ("POST", "/sign-in"): ANYBODY,
    ("POST", "/sign-out"): EVERY_ROLE,
    ("GET", "/account"): EVERY_ROLE,
    ("POST", "/account"): EVERY_ROLE,
    ("GET", "/council"): ADMINISTRATORS,
    ("POST", "/council/people"): ADMINISTRATORS,
    ("POST", "/council/people/<int:person_id>/close"): ADMINISTRATORS,
    ("POST", "/council/people/<int:person_id>/open"): ADMINISTRATORS,
    ("POST", "/council/services"): ADMINISTRATORS,
    ("POST", "/council/bodies"): ADMINISTRATORS,
    ("GET", "/council.css"): ANYBODY,
    ("GET", "/help"): ANYBODY,
    ("GET", "/help/accessibility"): ANYBODY,
    ("GET", "/help/privacy"): ANYBODY,
    ("GET", "/health/live"): ANYBODY,
    ("GET", "/health/ready"): ANYBODY,
    ("GET", "/demonstration/mails"): ANYBODY,
    ("GET", "/reports"): EVERY_ROLE,
    ("GET", "/reports/add"): PLANNERS,
    ("POST", "/reports/add"): PLANNERS,
    ("GET", "/reports/<int:report_id>"): EVERY_ROLE,
    ("GET", "/reports/<int:report_id>/document"): EVERY_ROLE,
    ("GET", "/reports/<int:report_id>/check"): PLANNERS,
    ("GET", "/reports/<int:report_id>/reading.json"): PLANNERS,
    ("GET", "/reports/<int:report_id>/facts"): PLANNERS,
    ("POST", "/reports/<int:report_id>/facts"): PLANNERS,
    ("GET", "/reports/<int:report_id>/points"): PLANNERS,
    ("POST", "/reports/<int:report_id>/points"): PLANNERS,
    ("GET", "/reports/<int:report_id>/points/add"): PLANNERS,
    ("POST", "/reports/<int:report_id>/points/add"): PLANNERS,
    ("POST", "/reports/<int:report_id>/points/<int:point_id>"): PLANNERS,
    ("POST", "/reports/<int:report_id>/points/<int:point_id>/leave-out"): PLANNERS,
    ("POST", "/reports/<int:report_id>/points/<int:point_id>/put-back"): PLANNERS,
    ("GET", "/reports/<int:report_id>/points/<int:point_id>/page.png"): PLANNERS,
    ("GET", "/reports/<int:report_id>/points/<int:point_id>/split"): PLANNERS,
    ("POST", "/reports/<int:report_id>/points/<int:point_id>/split"): PLANNERS,
    ("GET", "/reports/<int:report_id>/confirm"): PLANNERS,
    ("POST", "/reports/<int:report_id>/confirm"): PLANNERS,
    ("GET", "/actions"): EVERY_ROLE,
    ("GET", "/actions/<reference>"): EVERY_ROLE,
    ("GET", "/actions/<reference>/reminders"): EVERY_ROLE,
    ("GET", "/actions/<reference>/update"): OFFICERS,
    ("POST", "/actions/<reference>/update"): OFFICERS,
    ("POST", "/actions/<reference>/contributions/<int:contribution_id>"): OFFICERS,
    ("GET", "/actions/<reference>/check"): PLANNERS,
    ("POST", "/actions/<reference>/check"): PLANNERS,
    ("GET", "/actions/<reference>/decide"): PLANNERS,
    ("POST", "/actions/<reference>/decide"): PLANNERS,
    ("GET", "/actions/<reference>/hand-over"): PLANNERS,
    ("POST", "/actions/<reference>/hand-over"): PLANNERS,
    ("GET", "/actions/<reference>/close"): PLANNERS,
    ("POST", "/actions/<reference>/close"): PLANNERS,
    ("GET", "/actions/<reference>/reopen"): PLANNERS,
    ("POST", "/actions/<reference>/reopen"): PLANNERS,
    ("GET", "/evidence/<int:evidence_id>"): EVERY_ROLE,
    ("GET", "/reminders"): MAIL_READERS,
    ("GET", "/reminders/<int:message_id>"): MAIL_READERS,
    ("GET", "/overdue"): EVERY_ROLE,
    ("GET", "/overdue.pdf"): EVERY_ROLE,
    ("GET", "/overdue.csv"): EVERY_ROLE,
    ("GET", "/assessments"): EVERY_ROLE,
    ("GET", "/assessments/judgements"): EVERY_ROLE,
    ("GET", "/assessments/<int:report_id>"): EVERY_ROLE,
}
