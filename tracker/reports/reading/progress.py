"""Sentences in which inspectors judge what became of earlier recommendations, and which of them they are about."""

import re
from dataclasses import dataclass

from tracker.reports.reading.document import Block, BlockKind
from tracker.reports.reading.judging_words import PROGRESS, PROGRESS_MADE, PROGRESS_OF_CHILDREN, SHORTFALL
from tracker.reports.reading.model import ProgressStatement, ReadPoint
from tracker.reports.reading.rarity import Rarity
from tracker.reports.reading.sections import sections_of
from tracker.reports.reading.sentences import Sentence, place_of, sentences_of
from tracker.reports.reading.wordings import EARLIER_REVIEW
from tracker.terms import Origin, ProgressJudgement

_CUES = tuple((re.compile(cue.pattern, re.IGNORECASE), cue.judgement) for cue in PROGRESS)
_SHORTFALL = re.compile(SHORTFALL, re.IGNORECASE)
_RECOMMENDATIONS = re.compile(r"\brecommendations?\b", re.IGNORECASE)
_SINCE = re.compile(
    rf"\b(?:since|following|in response to|response to) (?:the )?(?:\w+ )?{EARLIER_REVIEW}", re.IGNORECASE
)
_ONLY_COUNTS = re.compile(
    r"\b(?:emerged from|highlighted)\b|\bwere made\b|\bits recommendations\b|set within", re.IGNORECASE
)
_MADE = re.compile(PROGRESS_MADE, re.IGNORECASE)
_OF_CHILDREN = re.compile(PROGRESS_OF_CHILDREN, re.IGNORECASE)
_HOWEVER = re.compile(r"(?:However|But|Nonetheless|Nevertheless)\b")
_GAINS = frozenset((ProgressJudgement.COMPLETED, ProgressJudgement.GOOD_PROGRESS, ProgressJudgement.SOME_PROGRESS))
_NEAR = 0.3  # of a recommendation's rarer words: a sentence that has as many speaks of it
_NEAREST = 0.12  # the least for the sentence that comes nearest to a recommendation, where it judges something
_MOST_EACH = 2  # statements chosen for one recommendation besides the general ones
_JUDGED = 0.25  # what a judging word adds to the nearness


@dataclass(frozen=True)
class _Candidate:
    """A sentence, what it judges, and the follow-ups it is about."""

    sentence: Sentence
    judgement: ProgressJudgement
    about: tuple[int, ...]
    section: str
    weight: float = 1.0


def judgement_of(sentence: str) -> ProgressJudgement | None:
    """Return what the sentence judges progress to be; None where it judges nothing."""
    judgement = next((judgement for pattern, judgement in _CUES if pattern.search(sentence)), None)
    if judgement in _GAINS and _SHORTFALL.search(sentence):
        return ProgressJudgement.MIXED
    return judgement


def progress_of(text: str, blocks: tuple[Block, ...], points: tuple[ReadPoint, ...]) -> tuple[ProgressStatement, ...]:
    """Return the statements in the order of the text.

    Each follow-up has at least the general statement of its section or of the report.
    """
    follow_ups = [number for number, point in enumerate(points) if point.origin is Origin.JOINT_AREA_REVIEW]
    chosen = _of_follow_ups(blocks, points, follow_ups) if follow_ups else _of_recommendations(blocks)
    chosen.sort(key=lambda one: one.sentence.block.start)
    return tuple(
        ProgressStatement(
            quote=one.sentence.text,
            judgement=one.judgement,
            section=one.section or None,
            about=one.about,
            place=place_of(one.sentence.text, one.sentence.block, text),
        )
        for one in chosen
    )


def _prose(blocks: tuple[Block, ...]) -> list[tuple[int, Sentence]]:
    """Every sentence of a paragraph, with its block's number. Very short ones are no prose."""
    return [
        (number, sentence)
        for number, block in enumerate(blocks)
        if block.kind is BlockKind.PARAGRAPH and len(block.text) > 40  # noqa: PLR2004 - shorter is no prose
        for sentence in _with_reservations(list(sentences_of(block)))
    ]


def _with_reservations(sentences: list[Sentence]) -> list[Sentence]:
    """Such as "However, …" belongs to the sentence it takes something back from."""
    joined: list[Sentence] = []
    for sentence in sentences:
        if joined and _HOWEVER.match(sentence.text) and not _HOWEVER.search(joined[-1].text):
            joined[-1] = Sentence(f"{joined[-1].text} {sentence.text}", sentence.block)
        else:
            joined.append(sentence)
    return joined


def _of_recommendations(blocks: tuple[Block, ...]) -> list[_Candidate]:
    """Where the report lists no earlier recommendations: sentences that judge how they were met."""
    sections = sections_of(blocks)
    return [
        _Candidate(sentence, judgement, (), sections[number].name)
        for number, sentence in _prose(blocks)
        if _is_on_progress(sentence.text) and (judgement := judgement_of(sentence.text))
    ]


def _is_on_progress(sentence: str) -> bool:
    """Whether it says how recommendations were met, or how far a body has come since the last visit."""
    return bool(_RECOMMENDATIONS.search(sentence) or (_MADE.search(sentence) and not _OF_CHILDREN.search(sentence)))


def _of_follow_ups(blocks: tuple[Block, ...], points: tuple[ReadPoint, ...], follow_ups: list[int]) -> list[_Candidate]:
    sections = sections_of(blocks)
    prose = _prose(blocks)
    starts = {point.place.start for point in points}
    rarity = Rarity([sentence.text for _, sentence in prose])
    general: list[_Candidate] = []
    specific: dict[int, list[_Candidate]] = {number: [] for number in follow_ups}
    for number, sentence in prose:
        if sentence.block.start in starts or _ONLY_COUNTS.search(sentence.text):
            continue
        section = sections[number].name
        here = _listed_before(sentence, section, points, follow_ups)
        judgement = judgement_of(sentence.text)
        if ((judgement or here) and _RECOMMENDATIONS.search(sentence.text)) or (here and _SINCE.search(sentence.text)):
            about = follow_ups if not here or _is_of_the_whole(sentence.text) else here
            if _OF_ONE.search(sentence.text):
                about = _meant({one: rarity.share(points[one].text, sentence.text) for one in about}) or about
            general.append(_Candidate(sentence, judgement or ProgressJudgement.SOME_PROGRESS, tuple(about), section))
            continue
        shares = {one: rarity.share(points[one].text, sentence.text) for one in here}
        for one, candidate in _near(sentence, judgement, shares, section):
            specific[one].append(candidate)
    return [*general, *_chosen(specific)]


def _listed_before(sentence: Sentence, section: str, points: tuple[ReadPoint, ...], follow_ups: list[int]) -> list[int]:
    """Return the section's follow-ups that stand above the sentence."""
    return [
        one for one in follow_ups if points[one].section == section and points[one].place.start < sentence.block.start
    ]


_OVERALL = re.compile(rf"^overall\b.*\b{EARLIER_REVIEW} recommendations\b", re.IGNORECASE)


_OF_ONE = re.compile(
    r"\b(?:the|this|that) (?:[\w-]+ ){0,4}recommendation (?:about|concerning|for|in|of|on|that|to)\b", re.IGNORECASE
)


def _meant(shares: dict[int, float]) -> list[int]:
    """Return the one follow-up that a sentence about a single recommendation names; none where two are as near."""
    ranked = sorted(shares, key=lambda one: -shares[one])
    clear = len(ranked) > 1 and shares[ranked[0]] >= 2 * shares[ranked[1]] and shares[ranked[0]] > 0
    return ranked[:1] if clear else []


def _is_of_the_whole(sentence: str) -> bool:
    """Whether it closes the letter on all recommendations, though it stands under the last section's heading."""
    return bool(_OVERALL.search(sentence))


def _near(
    sentence: Sentence, judgement: ProgressJudgement | None, shares: dict[int, float], section: str
) -> list[tuple[int, _Candidate]]:
    """Return the follow-ups whose words the sentence shares, each with the sentence as a candidate."""
    if len(shares) == 1 and judgement:
        shares = {one: share + _NEAREST for one, share in shares.items()}  # the only one of its section
    about = tuple(one for one, share in shares.items() if share >= _NEAR)
    found = []
    for one, share in shares.items():
        if share >= _NEAREST:
            weight = share + (_JUDGED if judgement else 0.0)
            subject = about if one in about else (one,)
            judged = judgement or ProgressJudgement.SOME_PROGRESS
            found.append((one, _Candidate(sentence, judged, subject, section, weight)))
    return found


def _chosen(specific: dict[int, list[_Candidate]]) -> list[_Candidate]:
    """Return the nearest sentences to each follow-up, each sentence once."""
    unique: dict[tuple[int, str], _Candidate] = {}
    for ones in specific.values():
        for one in sorted(ones, key=lambda candidate: -candidate.weight)[:_MOST_EACH]:
            key = (one.sentence.block.start, one.sentence.text)
            before = unique.get(key)
            about = tuple(sorted({*before.about, *one.about})) if before else one.about
            unique[key] = _Candidate(one.sentence, one.judgement, about, one.section, one.weight)
    return list(unique.values())
