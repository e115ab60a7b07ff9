"""The areas that inspectors judge, under one name whatever the framework: a table of data. A new wording is one line.

An area that no line names keeps a row of its own, under the name the report gives it.
"""

# The common name, then the names that frameworks use for it: annual performance assessments 2005 to 2008, inspections
# of safeguarding and looked after children services 2009 to 2012, single inspections from 2013, and after.
AREAS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Overall effectiveness",
        (
            "Overall effectiveness",
            "Overall effectiveness of children's services",
            "Overall effectiveness of services for children and young people",
            "Overall effectiveness of safeguarding",
            "Overall effectiveness of safeguarding services",
            "Overall effectiveness of services for looked after children",
        ),
    ),
    (
        "Capacity to improve",
        (
            "Capacity to improve",
            "Capacity for improvement",
            "Capacity to improve, including the management of children's services",
            "Capacity to improve, including the management of services for children and young people",
        ),
    ),
    ("Being healthy", ("Being healthy", "Be healthy")),
    (
        "Staying safe",
        ("Staying safe", "Stay safe", "Children and young people are safe and feel safe", "Safeguarding"),
    ),
    ("Enjoying and achieving", ("Enjoying and achieving", "Enjoy and achieve")),
    (
        "Making a positive contribution",
        (
            "Making a positive contribution",
            "Make a positive contribution",
            "Making a positive contribution, including user engagement",
        ),
    ),
    (
        "Achieving economic well-being",
        ("Achieving economic well-being", "Achieve economic well-being", "Economic well-being", "Economic wellbeing"),
    ),
    (
        "Leadership and management",
        ("Leadership and management", "Leadership, management and governance", "Management", "Service management"),
    ),
)

_NAMES = {name.casefold(): (at, common) for at, (common, names) in enumerate(AREAS) for name in names}


def common_name(area: str) -> str:
    """Return the name an area is compared under: > Capacity to improve."""
    found = _NAMES.get(_plain(area))
    return found[1] if found else " ".join(area.split())


def order(name: str) -> tuple[int, str]:
    """Sort areas as the table has them, those of one framework only after them, by name."""
    found = _NAMES.get(_plain(name))
    return (found[0] if found else len(AREAS), name)


def _plain(area: str) -> str:
    return " ".join(area.replace("’", "'").split()).casefold().rstrip(" .:")
