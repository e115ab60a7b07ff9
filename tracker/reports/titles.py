"""A first title for an action, from the report's words: short enough for a list, for the person who checks to better.

Pure. Weaknesses and areas for development are facts, not tasks; only a person can word the task.
"""

import re

LONGEST = 90  # characters; a line of a list on a tablet
SHORTEST_CLAUSE = 30  # a clause shorter than this says too little to stand alone

# Where a sentence turns from what is asked to why, how or with whom.
TURNS = re.compile(r";|:|\. | so that | in order to | to enable | including | such as | by ensuring | which | whilst ")


def first_title(words: str) -> str:
    """Return a title for the words of an action point.

    > Review how thresholds are applied at the first contact
    """
    plain = " ".join(words.split())
    turn = next((m.start() for m in TURNS.finditer(plain) if m.start() >= SHORTEST_CLAUSE), len(plain))
    clause = plain[:turn].rstrip(" .,;:")
    if len(clause) > LONGEST:
        clause = clause[:LONGEST].rsplit(" ", 1)[0].rstrip(" .,;:") + "\u00a0…"  # never alone on a line
    return clause[:1].upper() + clause[1:]
