"""The contents of a pack, made with the fewest words."""

import hashlib
from datetime import date

from tracker.assessments.over_time import Judged, Judging, over_time
from tracker.assessments.pack.contents import Inspected, Pack, Recommendation, Tracked
from tracker.assessments.pack.pieces import Different, Entry, Moved, Proof, Said
from tracker.scrutiny.figures import Totals
from tracker.terms import Delivery, Grade, Marking, Response

AT = date(2026, 11, 23)
SECRET, HUSH = "Canary in the cellar", "Owl in the attic"
SHOWN = b"shown\n"  # in every file
EXEMPT, CONFIDENTIAL = Marking.EXEMPT, Marking.CONFIDENTIAL


def proof(number: int, **values: object) -> Proof:
    defaults: dict[str, object] = {
        "evidence_id": number, "name": f"sample {number}.txt", "url": "", "media_type": "text/plain", "size": 6,
        "sha256": hashlib.sha256(SHOWN).hexdigest(), "on": date(2026, 8, 1), "by": "Alex Marsh",
    }  # fmt: skip
    return Proof(**(defaults | values))


def entry(what: str = "Update", words: str = "We have begun.", **values: object) -> Entry:
    return Entry(**({"on": date(2026, 8, 1), "what": what, "words": words, "by": "Alex Marsh"} | values))


def tracked(number: int = 1, **values: object) -> Tracked:
    due = date(2026, 9, 1)
    defaults: dict[str, object] = {
        "action_id": number, "reference": f"WES-2026-{number:02}", "title": f"Make thing {number} better",
        "marking": Marking.OPEN, "owner": "Alex Marsh", "post": "Head of Service", "response": Response.ACCEPTED,
        "reason": "", "delivery": Delivery.IN_PROGRESS,
        "stands": "83 days late: the original date was 1 September 2026",
        "original_due": due, "due_sum": "1 June 2026, last day of the inspection, + 3 months = 1 September 2026",
        "assumed": False, "moves": (Moved(due, date(2026, 10, 1)), Moved(date(2026, 10, 1), date(2026, 12, 2))),
        "entries": (entry(),), "proofs": (proof(number),),
    }  # fmt: skip
    return Tracked(**(defaults | values))


def asked(number: int = 1, **values: object) -> Recommendation:
    defaults: dict[str, object] = {
        "number": number, "name": f"Thing {number}", "section": "Staying safe",
        "area": values.get("section", "Staying safe"),
        "words": f"Make thing {number} a great deal better.",
        "place": f"Recommendation, page {number}. Within three months", "tracked": tracked(number),
    }  # fmt: skip
    return Recommendation(**(defaults | values))


def inspected(*recommendations: Recommendation, code: str = "WES-2026", **values: object) -> Inspected:
    judged = (
        Judged("Staying safe", None, "Grade 2", Grade.GOOD),
        Judged("Being healthy", None, "Grade 3", Grade.ADEQUATE),
    )
    defaults: dict[str, object] = {
        "code": code, "title": "Inspection of services", "facts": "Printed 10 July 2026.", "scale_best": "1",
        "judgements": judged,
        "areas": tuple(one.area for one in judged), "totals": Totals(3, 2, 5, 1, 4, 1),
        "recommendations": recommendations,
    }  # fmt: skip
    return Inspected(**(defaults | values))


def pack(*reports: Inspected, **values: object) -> Pack:
    columns = [
        Judging(
            number, "A report", date(2020 + number, 1, 1), "1", (Judged("Staying safe", None, "Grade 2", Grade.GOOD),)
        )
        for number in (1, 2)
    ]
    defaults: dict[str, object] = {
        "council": "Westmere Council", "at": AT, "about": "All reports", "reports": reports,
        "totals": Totals(7, 3, 11, 5, 9, 4), "over_time": over_time(columns), "suggested": 0, "with_exempt": True,
    }  # fmt: skip
    return Pack(**(defaults | values))


def full(**values: object) -> Pack:
    """A pack with something of every marking, and one recommendation that a later report speaks of."""
    done = tracked(
        1, delivery=Delivery.CHECKED, stands="done 28 August 2026, on time: the original date was 1 September 2026",
        entries=(
            entry("Claimed as done", "It is in place."), entry("Checked: it is done", "Ten cases read; nine show it.")
        ),
        proofs=(
            proof(1), proof(2), proof(3, held="Being scanned"),
            proof(4, url="https://example.org/minutes", name="minutes"),
        ),
    )  # fmt: skip
    said = Said("WES-2027", date(2027, 1, 5), "Limited progress", "Little has changed.", "page 3")
    differs = asked(
        1, tracked=done, said=(said,),
        different=(Different("WES-2027", "We say completed. The inspectors say limited progress."),),
    )  # fmt: skip
    mixed = tracked(
        2, entries=(entry(), entry(words=SECRET, marking=EXEMPT), entry(words=HUSH, marking=CONFIDENTIAL)),
        proofs=(
            proof(5), proof(6, name=f"{SECRET}.txt", marking=EXEMPT),
            proof(7, name=f"{HUSH}.txt", marking=CONFIDENTIAL),
        ),
    )  # fmt: skip
    secret = tracked(3, title=SECRET, marking=EXEMPT, proofs=(proof(8, name=SECRET, marking=EXEMPT),))
    hushed = tracked(4, title=HUSH, marking=CONFIDENTIAL)
    return pack(
        inspected(
            differs, asked(2, tracked=mixed), asked(3, words=SECRET, tracked=secret),
            asked(4, words=HUSH, tracked=hushed),
            asked(5, tracked=None, section="Being healthy"),
        ),
        **values,
    )  # fmt: skip
