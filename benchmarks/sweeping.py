"""How long a sweep takes over a million actions, of which ten thousand are due for five hundred people that morning.

    python benchmarks/sweeping.py --actions 1000000 --due 10000 --people 500 --database postgresql

Prints the seconds of the sweep that writes everything, and of the next one, which finds nothing new. ``--profile`` says
where the first one's went. The database is fresh, filled by the database itself, and thrown away.
"""

import argparse
import cProfile
import pstats
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from soak_reminders import database  # noqa: E402
from sqlalchemy import Engine, insert, select, text  # noqa: E402

from tests.factories import make_action, make_council  # noqa: E402
from tracker.config import Settings  # noqa: E402
from tracker.db import make_engine, make_sessions, writing  # noqa: E402
from tracker.models import Action, ActionPoint, Council, Person, work_for_all  # noqa: E402
from tracker.reminders.services import Swept, sweep  # noqa: E402
from tracker.terms import Role  # noqa: E402

MORNING = datetime(2027, 3, 15, 8, 0, tzinfo=UTC)
CLOSED_OF_TEN = 6  # of what is not due: a tracker of many years is mostly done
SERIES = {
    "postgresql": "SELECT n FROM generate_series(0, :count - 1) AS series(n)",
    "sqlite": "WITH RECURSIVE series(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM series WHERE n < :count - 1) "
    "SELECT n FROM series",
}


def main() -> None:
    """Fill, sweep twice, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--actions", type=int, default=1_000_000)
    parser.add_argument("--due", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--database", default="postgresql", help="an address, or sqlite or postgresql for a fresh one")
    parser.add_argument("--profile", action="store_true")
    arguments = parser.parse_args()
    with database(arguments.database) as url:
        engine = make_engine(url)
        began = time.monotonic()
        fill(engine, actions=arguments.actions, due=arguments.due, people=arguments.people)
        print(f"{engine.dialect.name}: {arguments.actions} actions made in {time.monotonic() - began:.0f} s")
        profile = cProfile.Profile()
        if arguments.profile:
            profile.enable()
        written = timed(engine, url, "writes everything", MORNING)
        profile.disable()
        print(f"{written.digests} mails, {written.reminders} reminders")
        for _ in range(3):
            timed(engine, url, "finds nothing new", MORNING + timedelta(minutes=1))
        if arguments.profile:
            pstats.Stats(profile).sort_stats("cumtime").print_stats(40)
        engine.dispose()


def timed(engine: Engine, url: str, what: str, moment: datetime) -> Swept:
    """Sweep once and print how long it took."""
    settings = Settings(
        database_url=url, secret_key="k" * 48, base_url="https://tracker.westmere.example", files=Path("var")
    )
    began = time.monotonic()
    swept = sweep(make_sessions(engine), now=moment, settings=settings)
    print(f"a sweep that {what}: {time.monotonic() - began:.2f} s")
    return swept


def fill(engine: Engine, *, actions: int, due: int, people: int) -> None:
    """Make one council, its people and its actions: the first ``due`` of them due that morning, the rest not."""
    with make_sessions(engine)() as session:
        work_for_all(session)
        writing(session)
        council = make_council(session, "Large")
        pattern = make_action(session, council, due=date(2035, 1, 1), last_update_at=MORNING - timedelta(days=2))
        post = pattern.owner.post_id
        session.execute(insert(Person), [_person(council, post, number) for number in range(people)])
        first = session.scalars(select(Person.id).where(Person.email == "large-0@large.example")).one()
        point = pattern.action_point_id
        series = SERIES[engine.dialect.name]
        last_point = session.scalars(select(ActionPoint.id).order_by(ActionPoint.id.desc()).limit(1)).one()
        _copy(
            session,
            ActionPoint,
            point,
            changes={"id": f"{last_point + 1} + n", "position": "n + 10"},
            series=series,
            count=actions,
        )
        day = f"'{MORNING.date()}'"
        later = f"CASE WHEN n < {due} THEN {day} ELSE '2028-06-01' END"
        if engine.dialect.name == "postgresql":
            later = f"CAST({later} AS date)"
        done = f"CASE WHEN n >= {due} AND n % 10 < {CLOSED_OF_TEN} THEN 'checked' ELSE 'in_progress' END"
        changes = {
            "id": f"{pattern.id + 1} + n", "reference": "'L-' || n", "action_point_id": f"{last_point + 1} + n",
            "owner_id": f"{first} + n % {people}", "original_due_date": later, "current_due_date": later,
            "delivery": done,
        }  # fmt: skip
        _copy(session, Action, pattern.id, changes=changes, series=series, count=actions)
        session.commit()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("VACUUM ANALYZE"))
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("ANALYZE"))


def _person(council: Council, post_id: int, number: int) -> dict[str, object]:
    return {
        "council_id": council.id, "email": f"large-{number}@large.example", "name": f"Owner {number}",
        "post_id": post_id, "role": Role.SERVICE_MANAGER,
    }  # fmt: skip


def _copy(session: object, model: type, pattern_id: int, *, changes: dict[str, str], series: str, count: int) -> None:
    """Copy a row as often as the series has numbers, with some columns worked out from the number."""
    table = model.__table__  # type: ignore[attr-defined]
    names = [column.name for column in table.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(changes.get(name, f'pattern."{name}"') for name in names)
    statement = (
        f"INSERT INTO {table.name} ({columns}) "  # noqa: S608 - names of our own tables
        f"SELECT {values} FROM ({series}) AS numbers, {table.name} AS pattern WHERE pattern.id = {pattern_id}"
    )
    session.execute(text(statement), {"count": count})  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
