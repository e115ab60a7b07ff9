# ruff: noqa: E501 - one line for each wording
"""The words that mark requests, sentences that lead into a list of them, and paragraphs that are none: a table of data."""

from tracker.reports.reading.wordings import words_of

# The first word of a request put as an instruction ("Ensure that …").
INSTRUCTIONS = words_of(
    """
    accelerate accept achieve act adapt add address adhere adopt advise agree align allocate amend analyse
    apologise apply appoint arrange articulate ask assess assign assure attend audit avoid become begin bring
    build calculate cancel carry cease challenge champion check choose clarify clear co-locate co-ordinate
    co-produce codify collaborate collate collect combine commission communicate complete comply conclude
    conduct confirm consider consolidate consult continue contribute convene coordinate coproduce correct create
    criminalise cut decide declare decrease dedicate define delegate deliver demonstrate deploy design determine
    develop devise direct discuss disseminate distribute document draw drive educate eliminate embed emphasise
    empower enable enact encourage enforce engage enhance enrol ensure enter equip establish evaluate examine
    expand expedite explain explore express extend facilitate fill finalise finish fix focus follow formalise
    formulate fulfil fully further gather give grant guarantee halt hear hold identify implement improve include
    incorporate increase inform insist install instigate instruct integrate introduce invest investigate invite
    involve issue keep launch lead learn let liaise limit link maintain make manage map maximise measure meet
    minimise mitigate modernise monitor move name narrow negotiate notify obtain offer operate optimise oversee
    participate pay perform plan prepare present prevent prioritise proactively proceed procure produce progress
    prohibit promote protect provide publicise publish purchase pursue put quickly raise re-establish re-examine
    reach realign rebuild receive recognise recommission reconsider reconvene record recruit rectify redesign
    reduce refer refine reframe refresh regularly reimburse reinforce reissue relocate remedy remind remove
    reorganise replace report request require reset resolve respond restore restrict restructure retain retrain
    review revise rigorously risk robustly roll routinely safeguard satisfy schedule scrutinise secure seek set
    share sign simplify speak specify speed stabilise standardise start stop streamline strengthen structure
    submit support suspend sustain swiftly systematically tackle take target teach tell test think tighten track
    train transform treat understand undertake unify update upgrade urgently use utilise validate verify visit
    weigh welcome widen withdraw work write
    """
)

# Words before "to" and a verb that are no body which has to act ("Capacity to improve").
NO_BODY = r"(?:Capacity|Ability|Access|Failure|Actions?|Response|Support|Approach|Progress|Steps|Opportunit|Areas?|How|What|Where|When|Next|Plans?|Commitment|Duty|Rights?|Needs?|Barriers|Introduction|Annex|Appendix|Reasons?|Introduction|Time|Work|Efforts?|Powers?|Due|According|Thanks|Prior)\b"

# Beginnings of paragraphs under a heading for action that ask for nothing or say what the list is.
NOT_POINTS = (
    r"this (?:section|part|chapter|table|report|letter) (?:sets? out|lists?|summarises|explains)\b",
    r"there (?:are|were|is|was) no (?:areas?|requirements?|recommendations?|actions?|statutory|further|priority)\b",
    r"(?:no|none)\b.{0,60}\b(?:requirements?|recommendations?|actions?)\b.{0,40}\b(?:made|identified|required|necessary|raised)\b",
    r"(?:none|n/a|not applicable|nil)\b[.]?$",
    r"(?:the )?(?:members?|committee|cabinet|executive|council|panel|commission|board|scrutiny \w+) (?:is|are|be) (?:asked|recommended|invited|requested) to\b",
    r"(?:that )?(?:members?|the committee|the panel|cabinet) (?:notes?|to note)\b",
    r"(?:we|i) (?:make|made|have made|are making|am making|set out|list) .{0,60}recommendations?\b",
    r"(?:our|the|these|my|all) recommendations? (?:are|is|were|have been|relate|can|will|reflect|made|that)\b",
    r"the (?:following|areas|actions|recommendations|table)\b.{0,80}(?:below|follows?|following)[.:]?$",
    r"(?:inspectors|we) (?:identified|found|made|have identified|have made)\b.{0,100}:?$",
    r"(?:during|in|at|following|as a result of) (?:this|our|the) (?:\w+ )?(?:inspection|review|visit|audit)(?: findings)?,? (?:inspectors|we|i) (?:have )?(?:identified|found|made)\b",
    r"leaders (?:should|must) (?:make sure|ensure) that all (?:the |of the )?(?:concerns|recommendations|areas|actions)\b.{0,60}\b(?:addressed|tracked)\b",
    r".{0,60}\bprovide us with evidence\b",
    r"in my opinion (?:there is a risk|action should be taken)\b",
    r"to (?:note|approve|endorse|receive|delegate|agree (?:that|the))\b",
    r"(?:learning(?: point)?|finding|conclusion|key message|observation|question|strength|theme)s? ?\d{0,2}:",
    r"(?:the )?(?:council|authority|trust|body) must consider the report and confirm\b",
    r"(?:you are under a duty|your response must)\b",
    r"this is (?:to comply with|to ensure (?:that )?care and support|in order to comply)\b",
    r"(?:this section|these) (?:sets?|are|is)\b.{0,200}\b(?:must be taken|must take)\b",
    r"(?:where|if) (?:a|an|the) (?:focused visit|inspection)\b",
    r"actions? (?:the|a|an) [\w ]{2,40} (?:must|should) take (?:is|are)\b",
    r"\[?back to (?:the )?(?:top|contents)",
)

# Labels of lines that belong to a point: its time, and what is not.
TIME_LABELS = r"to be completed by|due(?: date| by)?|deadline|(?:target|completion|implementation|agreed) dates?|timescales?|time ?frame|by when|date for (?:action|completion)|complete by"
ANSWER_LABELS = r"(?:management |provider |government |council |our )?(?:response|comments?)(?: (?:by|from) .{2,70})?"
OTHER_LABELS = r"ref(?:erence)?|stated|priority|risk(?: rating)?|rating|rag|owner|lead(?: officer)?|responsib(?:le|ility)(?: .{2,30})?|accountable .{2,30}|status|accepted|(?:management |provider |government |council |our )?(?:response|comments?)(?: (?:by|from) .{2,70})?|rationale|reason|evidence|finding|implication|why this matters|success measures?|outcome"

# How a paragraph begins that answers a recommendation: what follows is the answer's own.
RESPONSES = r"(?:partially |partly |not |fully )?(?:accepted|rejected|agreed|noted)\b|(?:we|the (?:government|department|council|trust|cabinet)) (?:\w+ ){0,3}?(?:accepts?|agrees?|rejects?|disagrees?|notes?)\b.{0,40}\b(?:recommendation|in (?:full|part|principle)|this)\b"

# A paragraph that leads into the list below it and is no point itself.
LEAD_INS = (
    r"\b(?:the )?following (?:\w+ ){0,4}(?:actions?|areas?|recommendations?|steps|improvements?|requirements?|points?|weaknesses|matters)\b",
    r"\b(?:should|must|shall|will|needs? to|is required to|are required to|has to|have to|to|that|recommends?|recommend that .{2,120}|recommended that)(?: also| now| immediately| urgently)?,?(?: within .{3,30}| by .{4,30})?:$",
    r"^that (?:the )?(?:[\w’'&-]+ ){0,9}?(?:board|council|cabinet|(?:member|director|minister) for [\w &]+|director of [\w &]+|committee|trust|partnership|executive|government|department|leader|officer|service|police|force):$",
    r"\btake (?:the )?(?:following|these) (?:action|steps)s?\b",
    r"\b(?:act on|act upon|address|tackle|do|complete|implement|carry out|undertake) (?:all )?(?:of )?the following:$",
    r"\b(?:priorities|recommendations?|actions?|areas) (?:for .{3,60} )?(?:are|is|include)?:$",
    r"\baction (?:is )?(?:needed|required)(?: .{2,60})?:$",
    r"\b(?:are|is) as follows:$",
    r"\brecommends?\b[^.]{0,160}:$",
    r"\bfollowing (?:are|is) (?:the |a (?:list|summary) of )?.{2,80}(?:recommendations?|actions?|requirements?)\b.{0,60}[:.]$",
)

# Titles of documents that lay down duties, words by which a title is a report's after all, and headings over duties.
RULEBOOKS = r".*\b(?:policy|policies|procedures?|guidance|guide|handbook|toolkit|manual|newsletter|code of (?:conduct|practice)|terms of reference|strategy|protocol|job description|prospectus)(?: (?:for|to|on|and|of)\b.{0,60})?(?: 20\d\d.{0,20}| v(?:ersion)? ?\d.{0,10})?"
REPORTS = (
    r"\b(?:inspection|review|audit|report|inquiry|investigation|response|recommendations?|evaluation|assessment)\b"
)
DUTIES = r"(?:(?:roles?|duties|responsibilit(?:y|ies)|principles|procedures?|expectations|rules|process)(?: (?:and|of|for|&) .{2,60})?|(?:our |key )?(?:roles and )?responsibilities(?: of .{2,60})?|(?:legal|law|statutory|legislative) .{0,30}\b(?:context|framework|background|guidance|duties|guidance and law)|(?:the )?(?:relevant )?(?:law|legislation)(?: and (?:guidance|policy))?|relevant law.{0,40}|what (?:to|you|we|they|staff|parents|the council|the law|councils?) .{2,60}|how (?:to|we|you) .{2,60}|(?:the )?(?:provider|service|trust|council|force|school|local authority) (?:must|should))"

# How a paragraph begins that goes on with the point before it.
GOES_ON = r"(?:to (?:do|achieve) this|this (?:should|must|will) (?:also )?include|in particular|at a minimum|specifically|in doing so)\b.{0,160}:$"

# One whose list is points, though it also announces parts: what a body has agreed to do, after an ombudsman's decision.
AGREED = r"\b(?:ha(?:s|ve)(?: also)? agreed|agreed? to (?:take|carry out)|to (?:remedy|put right)|will)\b[^.]{0,240}:$"

# A paragraph that opens a list of action points though no heading calls for one.
LEADS_STRONGLY = (
    r"\b(?:should|must)(?: also| now)?(?: immediately| urgently|,? within .{3,30})?:$"
    r"|\brecommends? (?:that|the) .{0,120}:$|\brecommends?(?: that)?:$|\brecommends? to (?:the )?[\w' ]{3,40}(?: that)?:$"
    r"|\bmatters of concern are as follows:$"
    r"|\b(?:tackle|address|take|implement|required?)\b[^.:]{0,80}\bfollowing (?:\w+ ){0,3}(?:areas?|matters|weaknesses|concerns|actions?|recommendations?|improvements|requirements?)\b[^.:]{0,60}:$"
)

# A point whose last words announce parts of the point itself: the list below belongs to it.
PARTS = r"\b(?:this (?:should |must |will )?includes?|including|particular(?:ly)? (?:focus|attention)|with (?:a )?focus on|such as|these (?:should )?include|so that|where|ensur(?:e|ing)(?: that)?|in particular|by|for example|focus(?:ing|ed)? on|following)\b[^:.]{0,80}:$|\b(?:should|must|shall) (?!take|be\b|have\b)[a-z]+ [^:.]{3,120}\bto:$"

# How a sentence says of itself that it recommends.
RECOMMENDS = r"(?:we|i|it is|the (?:\w+ )?(?:committee|panel|board|review|reviewers?|inquiry|group|commission|peer team|auditors?)) (?:\w+ ){0,2}?(?:recommends?|recommended that|urges?|calls? on|proposes?)\b"

# How a paragraph begins that says what was found and when: it asks for nothing, though it may say "should".
EVIDENCE = (
    r"(?:during|since|when|while|although|however|for example|we (?:found|saw|were|are|identified|looked|heard)|inspectors"
    r"|(?:in|at) (?:our|the|its|this) (?:\w+ ){0,2}(?:inspection|review|assessment|report|visit|time)\b|last year|our )\b"
)

# Before "should": somebody else said it, or it is only considered.
REPORTED = r"^(?:I|We|It|There|This|These|That|If|What|Which)\b|\b(?:guidance|law|act|regulations|standards?|policy) (?:\w+ )?(?:says?|states?|expects?|makes)\b|\b(?:said|told|suggest(?:s|ed)?|argued?|submitted|asked|felt|believed?|considers?|considered|question|whether|which|recognise[sd]?|understood|aware|agreed|views?)\b"

# What a report may demand in answer to it, and how it does: one sentence holds both.
ANSWERS = r"\b(?:action plan|written statement of (?:proposed )?action|statement of (?:proposed )?action|priority action plan|strategic plan|improvement plan|written responses?|respond to this report|confirm within \w+ months? the action|response to (?:this report|these recommendations|our recommendations))\b"
DEMANDS = (
    r"\brequires? (?:you|the|that)\b.{0,120}\b(?:submit|prepare|produce|publish|send|provide)\b",
    r"^(?:[^,]{0,120}, )?(?:you|the (?:council|local authority|local area|area|partnership|trust|provider|board))\b[^.]{0,40}\b(?:are|is) (?:now )?(?:required|asked|requested) to\b.{0,80}\b(?:submit|prepare|produce|publish|send|provide|respond)\b",
    r"^(?:you|the (?:council|local authority|local area|area|partnership|trust|provider|board|government|department))\b.{0,60}\b(?:should|must|shall)\b.{0,40}\b(?:submit|prepare|produce|send|provide|publish|draw up|update)\b",
    r"\bmust consider the report and confirm\b",
    r"\b(?:should|must|shall) (?:submit|send|prepare|provide)\b.{0,40}\b(?:written statement|written responses?|action plan)\b.{0,120}\b(?:by|within)\b",
    r"\bask(?:s|ed)? that\b.{0,120}\b(?:updates?|publish(?:es)?|submits?|prepares?)\b",
    r"\bunder a duty to respond\b",
    r"\bshould prepare a written statement\b",
)
