"""The areas that inspectors judge, under one name whatever the framework: a table of data. A new wording is one line.

A council may put names of its own over it (``area_names``). An area that no line names keeps a row of its own, under
the name the report gives it.
"""

from collections.abc import Mapping

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


def common_name(area: str, own: Mapping[str, str] | None = None) -> str:
    """Return the name an area is compared under, by the council's own names first: > Capacity to improve."""
    mine = (own or {}).get(plain(area))
    found = _NAMES.get(plain(area))
    return mine or (found[1] if found else " ".join(area.split()))


def order(name: str) -> tuple[int, str]:
    """Sort areas as the table has them, those of one framework only after them, by name."""
    found = _NAMES.get(plain(name))
    return (found[0] if found and found[1] == name else len(AREAS), name)


def plain(area: str) -> str:
    """Return a name as it is compared: without capitals, marks at its end and spaces too many."""
    return " ".join(area.replace("’", "'").split()).casefold().rstrip(" .:")
