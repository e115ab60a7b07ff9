"""A lead puts the pack for the next inspection together in a real browser, sees it being made, and takes the files."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import LONG_AGO, make_action, make_person
from tests.journeys.conftest import Service, Visit
from tracker.actions import evidence
from tracker.adapters.files import Files
from tracker.models import Council, PackFile
from tracker.terms import DocumentStatus, PackForm, Role


def test_a_lead_puts_a_pack_together_and_takes_its_evidence(
    hackney: Council, visit: Callable[[str], Visit], session: Session, service: Service
) -> None:
    action = make_action(session, hackney, title="Appoint a nurse", owner=make_person(session, hackney, Role.LEAD))
    upload = evidence.Upload("contract signed.txt", b"signed")
    files = Files(Path(service.environ["TRACKER_FILES"]))
    evidence.attach(session, files, action, [upload], by=action.owner, now=LONG_AGO)
    session.commit()
    lead = visit("lead").go("/assessments")
    lead.follow("Put the pack for the next inspection together")
    assert lead.heading == "Pack for the next inspection"
    lead.look()
    lead.press("Put the pack together")
    lead.see("Download Evidence (zip)")  # without asking again
    lead.look()
    with lead.page.expect_download() as download:
        lead.page.get_by_role("link", name="Download Evidence (zip)").click()
    assert download.value.suggested_filename.endswith("-evidence.zip")
    with ZipFile(download.value.path()) as archive:
        assert archive.read("evidence/E1-contract-signed.txt") == b"signed"


def test_the_page_shows_how_many_files_are_in_the_zip_by_itself(
    hackney: Council, visit: Callable[[str], Visit], session: Session
) -> None:
    make_action(session, hackney)
    session.commit()
    lead = visit("lead").go("/assessments/pack")
    lead.press("Put the pack together")
    lead.see("No zip: no file is shown as evidence.")
    lead.see("Download Word")
    made = session.scalars(select(PackFile).order_by(PackFile.id)).all()
    long = datetime(2100, 1, 1, tzinfo=UTC)  # nobody takes it before
    zipped = PackFile(
        council_id=hackney.id, pack_id=made[0].pack_id, form=PackForm.ZIP, status=DocumentStatus.MAKING,
        asked_at=LONG_AGO, lease_until=long, done=3, steps=40,
    )  # fmt: skip
    session.add(zipped)
    session.commit()
    lead.page.reload()
    lead.see("being made … 3 of 40 files")
    lead.look()
    zipped.done = 39
    session.commit()
    lead.see("being made … 39 of 40 files")
    zipped.status, zipped.fault = DocumentStatus.FAILED, "E7, rota.pdf, was changed while the zip was written."
    session.commit()
    lead.see("Evidence (zip): could not be made")
    lead.see("E7, rota.pdf, was changed")
    lead.see("Make the files again")
    lead.look()
