"""The first report's journey, from its file to the overdue report, in a real browser with real mail."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from tests.journeys.conftest import Service, Visit
from tests.real_reports import real_report
from tracker.models import Council

Open = Callable[[str], Visit]
LATE_IN_WORDS = "days late"
FIRST, ADDED = "HAC-2012-02", "HAC-2012-01"  # the added point stands before the others in the report


def add_report(lead: Visit, path: Path) -> str:
    """Add a report by its file; return the address of its page."""
    lead.go("/reports/add").look()
    lead.page.locator("input[type=file]").set_input_files(path)
    lead.press("Read this report")
    return wait_for_checking(lead)


def wait_for_checking(lead: Visit) -> str:
    """Wait as a person does while the page shows how far the reading is; return the address of the report's page."""
    lead.page.wait_for_url(re.compile(r"/reports/\d+(/check|/points|$)"), timeout=60_000)
    return re.split(r"/(?:check|points)", lead.page.url)[0]


def give_out_and_confirm(lead: Visit, report: str, owner: str = "Olu Owner") -> None:
    """Keep everything, give it to one owner, and confirm."""
    lead.go(report + "/points")
    lead.page.locator("#all").check()
    lead.page.get_by_label("Owner", exact=True).select_option(label=f"{owner}, Head of Service")
    lead.page.get_by_label("Lead", exact=True).select_option(label="Dana Lead, Head of Service")
    lead.press("Give them this owner and lead")
    lead.page.locator("#all").check()
    lead.press("Keep them")
    lead.follow("Go on to confirm")
    lead.press("Confirm and start tracking")


def test_the_whole_way_from_a_report_to_the_overdue_report(
    hackney: Council, service: Service, visit: Open, tmp_path: Path
) -> None:
    lead = visit("lead")
    assert lead.heading == "Waiting for me"
    lead.look()
    report = add_report(lead, real_report("slac-hackney-2012.txt"))
    the_lead_checks_what_was_read(lead, report)
    the_lead_confirms(lead, report)

    owner = visit("owner")
    the_owner_says_what_has_happened_and_claims(owner, tmp_path)
    the_claim_is_checked_by_somebody_else(visit)

    service.send_mail()
    everybody_has_one_mail(service)

    the_member_reads_the_overdue_report(visit("member"), tmp_path)


def the_lead_checks_what_was_read(lead: Visit, report: str) -> None:
    lead.look()
    lead.see("0 of 12 checked")
    lead.see("1 June 2012")
    assert lead.page.locator("mark.app-mark--now").count() == 1
    assert lead.page.locator("mark.app-mark--now").is_visible()
    lead.go(report + "/points").look()
    dues = lead.page.locator("td[data-label=Due]").all_inner_texts()
    assert sum("1 Jun 2012" in due for due in dues) == 1
    assert sum("1 Sep 2012" in due for due in dues) == 9
    assert sum("1 Dec 2012" in due for due in dues) == 2

    lead.go(report + "/facts").look()
    lead.page.get_by_label("Date printed on the report", exact=True).last.check()
    lead.press("Save the dates")
    lead.see("10 July 2012, date printed on the report")
    lead.go(report + "/facts")
    lead.page.get_by_label("Last day of the inspection", exact=True).last.check()
    lead.press("Save the dates")
    lead.see("1 June 2012, last day of the inspection")

    lead.fill("Title of the action", "Check every new member of staff at once")
    lead.press("Keep and go on")
    lead.see("1 of 12 checked")

    lead.follow("Split")
    lead.look()
    words = lead.page.get_by_label("The report’s words")
    text = words.input_value()
    middle = text.index(" ", len(text) // 2)
    words.fill(text[:middle] + "\n\n" + text[middle:])
    lead.press("Split it")
    lead.see("1 of 13 checked")

    lead.go(report + "/points")
    boxes = lead.page.locator("input[name=points]")
    boxes.nth(1).check()
    boxes.nth(2).check()
    lead.press("Merge them into one")
    lead.see("2 points merged into one")
    assert lead.page.locator("input[name=points]").count() == 12

    lead.page.locator("th a").nth(11).click()
    lead.page.get_by_text("Leave this point out").click()
    lead.fill("Why is it left out?", "It is done by another council")
    lead.press("Leave out")
    lead.go(report + "/points")
    lead.see("It is done by another council")

    lead.go(report + "/points/add").look()
    lead.fill("The report’s words", "inspection judgements")
    lead.fill("Title of the action", "Publish the judgements to staff")
    lead.page.get_by_label("Time limit").select_option("within")
    lead.fill("How many", "3")
    lead.press("Add this point")
    lead.see("The point has been added and kept")


def the_lead_confirms(lead: Visit, report: str) -> None:
    lead.go("/actions").look()
    lead.see("No actions yet")  # nothing is tracked before it is confirmed
    lead.go(report + "/confirm")
    lead.see("It cannot be confirmed yet")
    lead.look()
    lead.go(report + "/points")
    for box in lead.page.locator("tr:not(:has-text('Left out')) input[name=points]").all():
        box.check()
    lead.page.get_by_label("Owner", exact=True).select_option(label="Olu Owner, Head of Service")
    lead.page.get_by_label("Lead", exact=True).select_option(label="Dana Lead, Head of Service")
    lead.press("Give them this owner and lead")
    for box in lead.page.locator("tr:not(:has-text('Left out')) input[name=points]").all():
        box.check()
    lead.press("Keep them")
    lead.follow("Go on to confirm")
    lead.see("12 actions will be tracked; 1 point left out")
    lead.look()
    lead.press("Confirm and start tracking")
    lead.see("The report is confirmed. 12 actions are now tracked.")
    lead.look()
    lead.page.get_by_text("All 22 judgements").click()
    judgements = lead.page.locator("details table tbody tr")
    assert judgements.count() == 22
    lead.see("Good")


def the_owner_says_what_has_happened_and_claims(owner: Visit, tmp_path: Path) -> None:
    assert owner.heading == "My actions"
    owner.look()
    first = owner.page.locator(".app-card__title").first.inner_text()
    assert first == "Check every new member of staff at once"  # the oldest date is the worst
    owner.follow("Say what has happened")
    owner.look()
    owner.press("Save")
    owner.see("Say in a line what has happened")
    owner.look()
    owner.fill("What has happened?", "Half of the staff files have been looked through.")
    owner.press("Save")
    owner.see("Your update has been saved")
    owner.look()
    owner.follow("Claim that it is done")
    owner.look()
    proof = tmp_path / "audit of files.txt"
    proof.write_text("All files were looked through.")
    owner.fill("What has happened?", "All files have been looked through.")
    owner.page.locator("input[type=file]").set_input_files(proof)
    owner.press("Save")
    owner.see("Your claim has been sent")
    owner.see("Nobody checks their own work")
    owner.go(f"/actions/{FIRST}/check")
    assert owner.page.get_by_role("button", name="accept the claim").count() == 0


def the_claim_is_checked_by_somebody_else(visit: Open) -> None:
    second = visit("second")
    second.see("Claims to check")
    second.look()
    second.follow("Check this claim")
    second.look()
    second.fill("What did you look at", "Two files were missing.")
    second.press("Not yet: return it")
    second.see("has been returned to Olu Owner")
    owner = visit("owner")
    owner.see("Your claim was returned: Two files were missing.")
    owner.go(f"/actions/{FIRST}/update?what=claim")
    owner.fill("What has happened?", "The two files were found and looked through.")
    owner.press("Save")
    lead = visit("lead")
    lead.follow("Check this claim")
    lead.fill("What did you look at", "Read all twelve files.")
    lead.press("It is done: accept the claim")
    lead.go(f"/actions/{FIRST}")
    lead.look()
    history = lead.page.locator(".app-history__entry").all_inner_texts()
    told = " ".join(reversed(history))
    steps = ("made the action", "wrote an update", "claimed that it is done", "added the file", "returned the claim")
    positions = [told.index(step) for step in (*steps, "checked the claim and accepted it")]
    assert positions == sorted(positions)


def everybody_has_one_mail(service: Service) -> None:
    got = service.sink.by_person()
    assert got, "no mail arrived"
    assert all(len(ids) == 1 for ids in got.values())
    assert set(got) == {f"{who}@hackney.example" for who in ("owner", "lead", "director")}
    owners = next(mail for mail in service.sink.mails if mail["To"] == "owner@hackney.example")
    plain = owners.get_body(("plain",))
    assert plain is not None
    text = plain.get_content()
    assert f"{ADDED}:" in text
    assert f"{FIRST}:" not in text  # it is done and checked
    assert LATE_IN_WORDS in text
    assert f"{service.url}/answer/" in text


def the_member_reads_the_overdue_report(member: Visit, tmp_path: Path) -> None:
    member.look()
    member.go("/overdue").look()
    member.see("As at")
    member.see(LATE_IN_WORDS)
    member.see("Olu Owner")
    with member.page.expect_download() as download:
        member.page.get_by_role("link", name="PDF").first.click()
    pdf = tmp_path / "overdue.pdf"
    download.value.save_as(pdf)
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert ADDED in text
    assert "As at" in text
    with member.page.expect_download() as download:
        member.page.get_by_role("link", name="CSV").first.click()
    table = tmp_path / "overdue.csv"
    download.value.save_as(table)
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert sum("HAC-2012-" in " ".join(row) for row in rows) == 11
