"""What each part of a pack holds. Confidential is in none; what is exempt is in a part of its own or in none. Pure.

Of what is left out a count stays, and no word.
"""

from collections.abc import Callable, Collection
from dataclasses import replace

from tracker.assessments.over_time import OverTime
from tracker.assessments.pack.contents import Inspected, Pack, Recommendation, Tracked
from tracker.assessments.pack.pieces import Different, Entry, Proof, Said
from tracker.terms import DocumentPart, Marking
from tracker.wording import plural

NEVER = (Marking.CONFIDENTIAL,)
Allowed = Callable[[Entry | Proof | Said | Different], bool]


def to_be_frozen(pack: Pack) -> Pack:
    """Leave out what no part of the pack will hold, before anything of it is written down."""
    return _without(pack, NEVER if pack.with_exempt else (*NEVER, Marking.EXEMPT))


def part_of(pack: Pack, part: DocumentPart) -> Pack:
    """Return what one part of the pack holds."""
    if part is DocumentPart.PUBLIC:
        return _without(pack, (Marking.EXEMPT, Marking.CONFIDENTIAL))
    return _exempt(pack)


def has_exempt(pack: Pack) -> bool:
    """Whether there is anything for the exempt part."""
    return pack.with_exempt and any(report.recommendations for report in _exempt(pack).reports)


def left_out(pack: Pack) -> str:
    """Say how much is not in a part: > 1 exempt recommendation, 2 notes and 1 piece of evidence; or nothing."""
    tracked = [one.tracked for _, one in pack.recommendations if one.tracked]
    counts = (
        (pack.exempt, "exempt recommendation", None),
        (pack.confidential, "confidential recommendation", None),
        (sum(one.notes_withheld for one in tracked), "note", None),
        (sum(one.files_withheld for one in tracked), "piece of evidence", "pieces of evidence"),
        (
            sum(one.said_withheld for _, one in pack.recommendations),
            "quotation of a later report",
            "quotations of later reports",
        ),
    )
    said = [plural(count, one, many) for count, one, many in counts if count]
    return " and ".join(filter(None, (", ".join(said[:-1]), said[-1]))) if said else ""


def _without(pack: Pack, hidden: Collection[Marking]) -> Pack:
    return replace(pack, reports=tuple(_report(report, hidden) for report in pack.reports))


def _report(report: Inspected, hidden: Collection[Marking]) -> Inspected:
    markings = [one.marking for one in report.recommendations if one.marking in hidden]
    return replace(
        report,
        recommendations=tuple(
            _narrowed(one, lambda said: said.marking not in hidden)
            for one in report.recommendations
            if one.marking not in hidden
        ),
        exempt=report.exempt + markings.count(Marking.EXEMPT),
        confidential=report.confidential + markings.count(Marking.CONFIDENTIAL),
    )


def _exempt(pack: Pack) -> Pack:
    """Keep what is exempt: whole recommendations, and of open ones their exempt notes, files and quotations."""
    reports = [replace(report, recommendations=_exempt_of(report), exempt=0) for report in pack.reports]
    return replace(
        pack, reports=tuple(report for report in reports if report.recommendations), over_time=OverTime((), ())
    )


def _exempt_of(report: Inspected) -> tuple[Recommendation, ...]:
    kept = []
    for one in report.recommendations:
        if one.marking is Marking.EXEMPT:
            kept.append(one)
        else:
            only = _narrowed(one, lambda said: said.marking is Marking.EXEMPT, counted=False)
            if only.said or (only.tracked and (only.tracked.entries or only.tracked.proofs)):
                kept.append(only)
    return tuple(kept)


def _narrowed(one: Recommendation, allowed: Allowed, *, counted: bool = True) -> Recommendation:
    """Keep the notes, files and quotations that are allowed; ``counted``: say how many are not here."""
    said = tuple(heard for heard in one.said if allowed(heard))
    withheld = one.said_withheld + len(one.said) - len(said) if counted else 0
    different = tuple(differs for differs in one.different if allowed(differs))
    one = replace(one, said=said, said_withheld=withheld, different=different)
    tracked = one.tracked
    if tracked is None:
        return one
    entries = tuple(entry for entry in tracked.entries if allowed(entry))
    proofs = tuple(proof for proof in tracked.proofs if allowed(proof))
    return replace(one, tracked=_counted(tracked, entries, proofs, counted=counted))


def _counted(tracked: Tracked, entries: tuple[Entry, ...], proofs: tuple[Proof, ...], *, counted: bool) -> Tracked:
    notes = tracked.notes_withheld + len(tracked.entries) - len(entries)
    files = tracked.files_withheld + len(tracked.proofs) - len(proofs)
    return replace(
        tracked,
        entries=entries,
        proofs=proofs,
        notes_withheld=notes if counted else 0,
        files_withheld=files if counted else 0,
    )
