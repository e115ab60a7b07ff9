"""The links in a mail that answer an action, or a body's line of one, without signing in. Pure.

Nothing secret is stored. In the outbox such a link is a mark, ``[a12]`` for an action and ``[c5]`` for a body's line;
its token is made when the mail leaves, from the mail's id, what it is about, and the service's key. Whether it may
still be used is read from the mail, its reader and what was answered already.
"""

import hashlib
import re
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer

MARK = re.compile(r"/answer/\[([ac]\d{1,18})\]")
COVER = "/answer/…"  # what a log shows in place of a link that only its reader gets
SALT = "answer by link"  # so that no other token of the service is one of these


@dataclass(frozen=True)
class Linked:
    """What a token stands for: a mail, and the action (``a12``) or body's line (``c5``) in it."""

    message_id: int
    about: str

    @property
    def of_action(self) -> bool:
        """Whether it is about an action, not about a body's line of one."""
        return self.about.startswith("a")

    @property
    def about_id(self) -> int:
        """Return the id of the action or of the body's line."""
        return int(self.about[1:])


def action_mark(base_url: str, action_id: int) -> str:
    """Return the link that answers an action, as it stands in the outbox."""
    return f"{base_url}/answer/[a{action_id}]"


def contribution_mark(base_url: str, contribution_id: int) -> str:
    """Return the link that answers a body's line, as it stands in the outbox."""
    return f"{base_url}/answer/[c{contribution_id}]"


def fill(text: str, message_id: int, secret_key: str) -> str:
    """Put the tokens of a mail in the place of its marks."""
    return MARK.sub(lambda mark: f"/answer/{token(Linked(message_id, mark[1]), secret_key)}", text)


def cover(text: str) -> str:
    """Take the marks out, for everybody but the mail's reader."""
    return MARK.sub(COVER, text)


def token(linked: Linked, secret_key: str) -> str:
    """Make the token of one link."""
    return _signing(secret_key).dumps([linked.message_id, linked.about])


def read_token(value: str, secret_key: str) -> Linked | None:
    """Return what a token stands for; None for one that this service did not make."""
    try:
        message_id, about = _signing(secret_key).loads(value)
    except BadSignature:
        return None
    return Linked(message_id, about)


def _signing(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt=SALT, signer_kwargs={"digest_method": hashlib.sha256})
