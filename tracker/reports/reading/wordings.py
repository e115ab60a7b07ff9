# ruff: noqa: E501 - one line for each wording
"""The words that mark headings, time limits, requests and judgements: a table of data, one line for each wording.

To add a wording, add a line. Headings are compared without case, number, marks at the ends and doubled spaces; ``…``-like
quotes are straight. A pattern has to fit the whole heading.
"""

from enum import Enum, auto
from typing import NamedTuple

from tracker.terms import PointKind, TimeLimitKind

RECOMMENDATION = PointKind.RECOMMENDATION
AREA = PointKind.AREA_FOR_DEVELOPMENT
WEAKNESS = PointKind.WEAKNESS


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())


class Calls(Enum):
    """What a heading says of what stands under it."""

    ACTION = auto()  # a list of action points
    TIME = auto()  # a list of action points, and how long they have
    PASSING = auto()  # stands over parts of a section and is not the section's own name
    CLOSING = auto()  # no action points, whatever they look like
    LOOSE = auto()  # action points among other paragraphs: only clear requests count
    PAST = auto()  # what became of an earlier report's action points, which are quoted and do not count again


class Heading(NamedTuple):
    """One wording of a heading."""

    pattern: str
    calls: Calls = Calls.ACTION
    kind: PointKind = RECOMMENDATION
    priority: str | None = None


# The name of one request, alone on its line over its words.
NUMBERED = r"(?:(?:key |improvement |priority |safety |statutory |joint |national |local )?recommendation|requirement|area for improvement|action(?: point)?|proposal(?: for improvement)?) (?:no\.? ?)?(?:\d{1,3}(?:\.\d{1,2})?[a-z]?|[a-z]?/?20\d\d/\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)"

HEADINGS = (
    # what became of an earlier report's requests: quoted, not asked again
    Heading(
        r"(?:progress (?:against|on|with|since|towards?|made)|status of|implementation of|update on|follow[- ]up (?:of|to|on)|review of) .{0,60}(?:recommendation|requirement|action|area for improvement|areas for improvement)s?.{0,60}",
        Calls.PAST,
    ),
    Heading(
        r"(?:previous|earlier|past|last year's|outstanding) (?:recommendation|requirement|action|inspection recommendation|areas? for improvement)s?(?: .{2,80})?",
        Calls.PAST,
    ),
    Heading(r"recommendations? from (?:the |our )?(?:last|previous|earlier) .{2,80}", Calls.PAST),
    Heading(
        r"what (?:the )?.{2,60} (?:has|have) done (?:to|about|since) .{2,40}(?:requirement|recommendation|improvement)s?.{0,60}",
        Calls.PAST,
    ),
    Heading(
        r"(?:action|progress) (?:taken|made) (?:on|against|since) (?:the )?(?:previous|last|earlier) .{2,60}",
        Calls.PAST,
    ),
    Heading(
        r"(?:areas? for improvement|requirements?|recommendations?|actions?) (?:identified |made |agreed )?(?:from|at|since|at or since|following) (?:the |our |its )?(?:last|previous|earlier) .{2,80}",
        Calls.PAST,
    ),
    Heading(
        r"(?:areas? for improvement|requirements?|recommendations?|actions?) (?:from|made at|identified at|made in) (?:the |our )?.{0,40}(?:inspection|review|visit|audit),? (?:of|in|held in|carried out in) (?:[a-z]+ )?(?:19|20)\d\d",
        Calls.PAST,
    ),
    Heading(r"what (?:has|have) (?:the |this )?.{2,60} done to (?:meet|address|act on) .{2,100}", Calls.PAST),
    # a coroner's report to prevent future deaths
    Heading(r"(?:the )?(?:coroner's |matters of )concerns?(?: (?:is|are) as follows)?", kind=WEAKNESS),
    Heading(r"actions? should be taken|your response", Calls.CLOSING),
    # 2007 to 2013: annual performance assessments, joint area reviews, safeguarding and looked after children
    Heading(r"(?:important )?weaknesses(?: and areas for development)?", kind=WEAKNESS),
    Heading(r"(?:key |main )?areas?(?: ?\(s\)|\(s\))? for (?:further )?development", kind=AREA),
    Heading(r"(?:key |main )?areas?(?: ?\(s\)|\(s\))? for (?:further )?improvement"),
    Heading(r"(?:the )?priorities for (?:further )?(?:improvement|action|development)"),
    Heading(r"(?:for|requiring) immediate action", Calls.TIME),
    Heading(r"for action .{2,60}", Calls.TIME),
    # single inspection framework, ILACS, focused visits, joint targeted and area SEND inspections
    Heading(r"what (?:does|do|must|should) (?:the )?.{2,80} need(?:s)? to (?:do to )?improve(?: further)?"),
    Heading(r"what (?:the )?.{2,80} needs? to (?:do to )?improve(?: further)?"),
    Heading(r"what needs to (?:improve|change|be improved)(?: .{2,80})?", kind=AREA),
    Heading(r"priority and immediate actions?", Calls.TIME, priority="priority action"),
    Heading(r"areas? (?:for|of|requiring) (?:immediate )?priority actions?", priority="priority action"),
    Heading(r"priority actions?(?: .{2,40})?", priority="priority action"),
    Heading(r"areas? (?:requiring|in need of|that require) (?:improvement|attention|action)"),
    # other inspectorates: police, fire, probation, youth offending, prisons, health and care, schools
    Heading(r"causes? of concern", Calls.LOOSE),
    Heading(
        r"(?:the )?(?:key|main|priority|specific|detailed|our|my|these|summary of(?: the| our| key| all)?|list of(?: the| our)?|full list of|overall|national|local|further|additional)? ?recommendations?"
    ),
    Heading(r"(?:key |main |priority |new )?recommendations?,? (?:for|to|from|of|made|arising|requiring) .{2,100}"),
    Heading(r"(?:summary of|our|list of|key|main) (?:findings|conclusions) and recommendations?", Calls.LOOSE),
    Heading(r"conclusions? and recommendations?(?: .{2,80})?", Calls.LOOSE),
    Heading(r"findings and recommendations?(?: .{2,80})?", Calls.LOOSE),
    Heading(r"(?:key|priority|main) concerns and recommendations", Calls.LOOSE),
    Heading(r"(?:key|priority) concerns", kind=WEAKNESS),
    Heading(r"(?:areas?|aspects?|matters) of (?:\w+ )?(?:weakness(?:es)?|concern)", kind=WEAKNESS),
    Heading(r"significant (?:areas of )?weakness(?:es)?", kind=WEAKNESS),
    Heading(
        rf"{NUMBERED}(?: ?\(.{{2,30}}\)| - (?:high|medium|low|significant|fundamental|merits attention).{{0,20}})?"
    ),
    Heading(r"summary for (?:children|young people|parents|families|carers|the public).{0,40}", Calls.CLOSING),
    Heading(r"(?:statutory |legal |regulatory )?requirements?(?: notices?)?"),
    Heading(r"(?:breaches of regulation|areas? of non-?compliance|regulatory breaches)"),
    Heading(r"actions? (?:(?:that )?(?:the )?.{2,60} )?(?:must|should|needs? to) (?:take|be taken)(?: to improve)?"),
    Heading(r"what (?!you\b|we\b|i\b)(?:the )?.{2,60} (?:must|should) (?:do|improve)(?: .{2,40})?"),
    Heading(r"(?:the )?(?:provider|service|trust|council|force|school|local authority) (?:must|should)"),
    Heading(r"(?:required|recommended|agreed|immediate|urgent|suggested) actions?"),
    Heading(
        r"actions? (?:required|needed|recommended|to be taken|points?|for (?:the )?(?:council|local authority|partnership|board))"
    ),
    Heading(r"quick wins"),
    Heading(r"(?:main |key )?points? for (?:action|improvement)"),
    Heading(
        r"(?:steps|things|improvements) (?:required|needed|to be made|(?:the )?.{2,40} (?:must|should) (?:take|make))"
    ),
    Heading(r"what (?:we|i) (?:recommend|are recommending)"),
    Heading(
        r"(?:key )?(?:areas|points|suggestions|issues) (?:for|to) (?:further )?(?:consider(?:ation)?|explor(?:e|ation))"
    ),
    Heading(r"(?:improvement|required|corrective|remedial|enforcement) measures"),
    Heading(
        r"(?!.*\b(?:interim|previous|earlier|last|in (?:19|20)\d\d)\b).{2,60} (?:makes?|has made|have made) the following (?:\w+ )?recommendations?(?: .{2,60})?"
    ),
    Heading(r"orders?(?: and recommendations)?"),  # the Housing Ombudsman
    Heading(r"proposals? for improvement"),  # Audit Wales and the Northern Ireland Audit Office
    Heading(
        r"(?:key |main |priority |identified )?areas? (?:for|of|to|where|that|requiring|needing) (?:further |significant )?(?:improve|improvement)s?(?: .{2,60})?"
    ),
    Heading(r"areas? (?:for|of) development (?:and|or) improvement", kind=AREA),
    Heading(r"(?:what are the |the )?areas? for (?:improvement|development)(?: ?\(.{2,30}\))?"),
    Heading(r"improvement (?:areas|priorities|requirements|actions)"),
    Heading(
        r"(?:what|where) (?:must|could|should|does it|do they|do we) (?:need to )?(?:improve|be better|be improved)",
        kind=AREA,
    ),
    Heading(r"what (?!does |do |is |are )(?:the )?[\w' ]{2,40} needs? to do(?: next| now)?"),
    Heading(r"what (?:does|should|must) (?:the )?.{2,40} (?:need to )?do next"),
    Heading(
        r"(?:statutory|urgent|strategic|formal|specific|new|joint|major|minor|immediate|final|interim|strategic|operational|(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,3})) recommendations?"
    ),
    Heading(r"(?:key|main|our|priority|summary of|list of) recommendations? (?:for|to|from|of) .{2,100}"),
    Heading(r"recommendations? (?:and|&) (?:next steps|actions?|areas for improvement|requirements|proposed actions)"),
    Heading(r"recommendations? (?:and|&) conclusions?", Calls.LOOSE),
    Heading(r"recommendations?(?: ?\(.{2,60}\)|: .{2,60})"),
    Heading(r"findings and (?:areas for improvement|actions?)", Calls.LOOSE),
    Heading(r"actions? (?:we have told|we told|that) .{2,60} to take"),
    Heading(r"(?:proposed actions?|(?:matters|points) for (?:attention|action|consideration))"),
    # headings that are no section's own name
    Heading(
        r"(?:summary of )?(?:major |key |main )?strengths(?: and areas for (?:development|improvement))?", Calls.PASSING
    ),
    Heading(r"summary of strengths and .{2,60}", Calls.PASSING),
    Heading(r"grade:? ?[1-4](?: ?\(?[a-z ]{4,40}\)?)?", Calls.PASSING),
    Heading(r"(?:outstanding|good|adequate|inadequate|requires improvement(?: to be good)?)", Calls.PASSING),
    # under these nothing is an action point, though it may look like one
    Heading(
        r"what (?:does|is|do|are) (?:the )?.{2,60} (?:doing (?:that is working )?well|need to do better|doing well)",
        Calls.CLOSING,
    ),
    Heading(r".{0,60}\bstrengths\b.{0,60}", Calls.CLOSING),
    Heading(r"(?:main|key|headline|inspection|summary of|our) ?(?:key )?findings?(?: .{2,80})?", Calls.CLOSING),
    Heading(r"findings", Calls.CLOSING),
    Heading(r"information about (?:this|the) .{2,60}", Calls.CLOSING),
    Heading(
        r"(?:about (?:this|the) (?:inspection|report|visit)|background|context|introduction|summary|executive summary)",
        Calls.CLOSING,
    ),
    Heading(r"(?:what|how) (?:the )?inspection judge?ments? .{2,60}", Calls.CLOSING),
    Heading(
        r"(?:record of main findings|inspection judge?ments?|overall effectiveness|evidence|methodology)", Calls.CLOSING
    ),
    Heading(r"(?:government|council|management|agency|department)(?:'s|s')? responses?(?: to .{2,80})?", Calls.CLOSING),
    Heading(r"annex(?:e|es)?\b.{0,80}|appendix\b.{0,100}|appendices", Calls.CLOSING),
    Heading(
        r"(?:examples? of )?(?:good|notable|best|effective|outstanding|innovative) practices?.{0,40}", Calls.CLOSING
    ),
    Heading(r"consequences? of .{2,60}|failure to comply.{0,60}|monitoring(?: and review)?|compliance", Calls.CLOSING),
    Heading(r"(?:the .{2,30} )?(?:final )?decision|conclusions?|next steps|what happens next", Calls.CLOSING),
    # any other name ending so ("Scrutiny panel recommendations", "Learning and recommendations")
    Heading(r"[\w', -]{2,40} (?:and|&) (?:\w+ )?recommendations?", Calls.LOOSE),
    Heading(
        r"(?!.*\b(?:response|respon[ds]|accepted|rejected|monitoring|tracking|i|we|made|makes?|following|was|were|is|are|has|have|had|interim)\b)[\w',& -]{2,60}\brecommendations?"
    ),
)

# How a heading, or a sentence that leads into a list, says how long there is. Searched in it, first fit wins.
TIME_WORDS = (
    (
        r"priority and immediate action|immediate action|immediate steps|with immediate effect|\bimmediately\b",
        TimeLimitKind.IMMEDIATELY,
    ),
    (r"\b(?:in|over|for) the (?:long|longer)[- ]term\b|\blonger[- ]term\b", TimeLimitKind.LONGER_TERM),
    (r"\bas soon as (?:it )?(?:is )?(?:reasonably )?(?:possible|practicable)\b", TimeLimitKind.OTHER),
    (r"\b(?:in|over) the (?:short|medium)[- ]term\b|\b(?:short|medium)[- ]term\b", TimeLimitKind.OTHER),
    (r"\bongoing\b|\bcontinuing\b", TimeLimitKind.OTHER),
)

# The same inside the sentence of a point, where no heading gives a time.
SENTENCE_TIME_WORDS = (
    (
        r"^immediately\b|\bimmediate (?:action|steps|measures|arrangements)\b|\bwith immediate effect\b|\bimmediately\b(?= (?:to|ensure|review|take|stop|cease|improve|put|make|should|address|implement|[a-z]+,)|[.,:;]?$)|(?<=should )immediately\b|(?<=must )immediately\b",
        TimeLimitKind.IMMEDIATELY,
    ),
    (r"\bas soon as (?:it )?(?:is )?(?:reasonably )?(?:possible|practicable)\b", TimeLimitKind.OTHER),
    (r"\bat least (?:every \w+ (?:years|months|weeks)|(?:once|twice) (?:a|each|every) \w+)\b", TimeLimitKind.OTHER),
    (r"\burgent consideration\b", TimeLimitKind.OTHER),
    (r"\b(?:by|before|during|from) (?:the end of )?20\d\d[/–-]\d\d(?:\d\d)?\b", TimeLimitKind.OTHER),
    (
        r"\b(?:by|before) (?:the )?(?:end of )?(?:the )?(?:spring|summer|autumn|winter)(?: term)?(?: of)?(?:,? 20\d\d)?\b",
        TimeLimitKind.OTHER,
    ),
    (
        r"\b(?:by|before) the end of (?:the|this) (?:[\w/–-]+ ){0,3}(?:year|term|quarter|parliament)\b",
        TimeLimitKind.OTHER,
    ),
    (r"\b(?:at|by) the (?:earliest opportunity|next (?:meeting|inspection|review))\b", TimeLimitKind.OTHER),
    (r"\b(?:in|over) the (?:long|longer)[- ]term\b", TimeLimitKind.LONGER_TERM),
)

# Words that mark priority and give no time.
PRIORITY_WORDS = r"\burgent(?:ly)?\b|\bas a matter of urgency\b|\bas a priority\b|\bat pace\b|\bswift(?:ly)?\b|\bwithout delay\b|\bpromptly\b"

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        )
    )
}
NUMBER_WORDS |= {"a": 1, "an": 1, "twenty-four": 24, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}

# How a letter says that what it lists came from an earlier review.
EARLIER_REVIEW = r"\b(?:joint area reviews?|JARs?)\b"
RECOMMENDED_EARLIER = r"\b(?:recommendations?|actions?|areas for improvement|priorities)\b"
