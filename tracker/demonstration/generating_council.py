"""One council of a large demonstration: its people, services, bodies and themes, with their rows of history."""

import json
from dataclasses import dataclass
from random import Random

from tracker.demonstration.generating_rows import Chain, Rows, Who, moment
from tracker.demonstration.generating_words import AREAS, BODIES, COUNCILS, FAMILY, GIVEN, SERVICES, THEMES
from tracker.models.council import default_reminder_rules
from tracker.terms import CategoryKind, Role

ROLES = (  # post, role, how many; service managers are counted from the actions
    ("Assistant director, quality and improvement", Role.LEAD, 4),
    ("Director of children's services", Role.DIRECTOR, 1),
    ("Scrutiny member", Role.SCRUTINY_MEMBER, 2),
    ("Performance officer", Role.ADMINISTRATOR, 1),
)
ACTIONS_EACH = 100  # of a service manager, over the years ...
FEWEST, MOST = 8, 120  # ... but never fewer or more of them than this


@dataclass(frozen=True)
class Town:
    """A council with everybody in it."""

    id: int
    name: str
    authority: str
    prefix: str
    owners: list[Who]
    leads: list[Who]
    director: Who
    services: list[int]
    themes: list[int]
    areas: list[int]
    bodies: list[int]
    body_names: list[str]
    chain: Chain


def found(rows: Rows, chance: Random, number: int, *, actions: int, password_hash: str, day: int) -> Town:
    """Make the council of this number, with people enough for so many actions."""
    authority = COUNCILS[number % len(COUNCILS)]
    again = number // len(COUNCILS)
    authority += f" {again + 1}" if again else ""
    slug = authority.lower().replace(" ", "-")
    prefix = _letters(number)
    council = rows.add(
        "councils", f"{authority} Council", authority, slug, prefix, "#1d4f91", "ENG", 0, 12, 12, 14,
        json.dumps(default_reminder_rules()),
    )  # fmt: skip
    chain = Chain(rows, council)
    services = [rows.add("services", council, name) for name in SERVICES]
    body_names = [f"{authority} {name}" for name in BODIES]
    many = min(MOST, max(FEWEST, actions // ACTIONS_EACH))
    people: dict[Role, list[Who]] = {}
    posts: dict[str, int] = {}
    managers = (("Service manager", Role.SERVICE_MANAGER, many),)
    for post, role, count in (*managers, *ROLES):
        for place in range(count):
            service = place % len(SERVICES) if role is Role.SERVICE_MANAGER else None
            name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
            name = f"Councillor {name}" if role is Role.SCRUTINY_MEMBER else name
            full = f"{post}, {SERVICES[service].lower()}" if service is not None else post
            if full not in posts:
                posts[full] = rows.add("posts", council, full)
            email = f"{role.value.replace('_', '-')}-{place + 1}@{slug}.example"
            service_id = None if service is None else services[service]
            person = rows.add(
                "people", council, email, name, posts[full], role.value, service_id, password_hash, 1, 1
            )  # fmt: skip
            people.setdefault(role, []).append(Who(person, name, posts[full], service_id))
            sentence = f"added {name} as {role.label.lower()}"
            chain.say(moment(day, 540), None, ("person", person), "added", sentence, after={"role": role.value})
    return Town(
        council, f"{authority} Council", authority, prefix, people[Role.SERVICE_MANAGER], people[Role.LEAD],
        people[Role.DIRECTOR][0], services,
        [rows.add("categories", council, CategoryKind.THEME.value, name) for name in THEMES],
        [rows.add("categories", council, CategoryKind.OUTCOME_AREA.value, name) for name in AREAS],
        [rows.add("bodies", council, name, json.dumps([]), None) for name in body_names], body_names, chain,
    )  # fmt: skip


def _letters(number: int) -> str:
    """Return the first letters of a council's references, no two the same: > WES, NOR, … Z20."""
    if number < len(COUNCILS):
        return COUNCILS[number][:3].upper()
    return f"Z{number}"
