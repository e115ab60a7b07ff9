"""The verbs of the reminder stage: write what is due (sweep), and send what is waiting (deliver)."""

from tracker.reminders.delivery.outbox import Claim, Draft, Outcome, claim_batch, finish, post, release
from tracker.reminders.delivery.sending import Delivered, deliver, send_claimed
from tracker.reminders.planning.notes import Teller, Tellers
from tracker.reminders.sweep import Swept, remind_council, sweep
from tracker.reminders.turns import take_turn

__all__ = [
    "Claim",
    "Delivered",
    "Draft",
    "Outcome",
    "Swept",
    "Teller",
    "Tellers",
    "claim_batch",
    "deliver",
    "finish",
    "post",
    "release",
    "remind_council",
    "send_claimed",
    "sweep",
    "take_turn",
]
