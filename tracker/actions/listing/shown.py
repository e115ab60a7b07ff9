"""A list as somebody wants it: filters, order and columns, which an address and a saved view spell in one way. Pure."""

from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import parse_qs, urlencode

from tracker.actions.listing.filters import ANY, Filters, Given
from tracker.terms import Term


class Order(Term):
    """What a list is ordered by; each has one direction, the one people look for."""

    DUE = "due", "Original due date"
    LATENESS = "lateness", "Latest first, then what has ended"
    PRIORITY = "priority", "Priority"
    OWNER = "owner", "Owner"
    REPORT = "report", "Report"
    UPDATED = "updated", "Last update, newest first"
    SILENT = "silent", "Last update, longest ago first"


class Column(Term):
    """What a list can show of an action, beside its title and reference."""

    DUE = "due", "Original due date"
    CURRENT = "current", "Current due date"
    STATUS = "status", "Status"
    OWNER = "owner", "Owner"
    LEAD = "lead", "Lead"
    PRIORITY = "priority", "Priority"
    OUTLOOK = "outlook", "Outlook"
    REPORT = "report", "Report"
    SECTION = "section", "Section"
    SERVICE = "service", "Service"
    THEME = "theme", "Theme"
    AREA = "area", "Outcome area"
    BODIES = "bodies", "Bodies"
    RESPONSE = "response", "Response"
    LIMIT = "limit", "Time limit"
    MARKING = "marking", "Marking"
    UPDATED = "updated", "Last update"


USUAL = (Column.DUE, Column.STATUS, Column.OWNER)


@dataclass(frozen=True)
class Shown:
    """One list of actions, without the page of it that is open."""

    filters: Filters
    order: Order = Order.DUE
    columns: tuple[Column, ...] = USUAL

    @classmethod
    def read(cls, given: Given) -> Self:
        """Read an address; what cannot be read is as usual."""
        sort = (given.get("sort") or ("",))[0]
        wanted = set(given.get("column", ()))
        columns = tuple(column for column in Column if column.value in wanted)
        order = next((order for order in Order if order.value == sort), Order.DUE)
        return cls(Filters.read(given), order, columns or USUAL)

    @classmethod
    def spelt(cls, query: str) -> Self:
        """Read what ``query`` wrote."""
        return cls.read(parse_qs(query))

    @property
    def query(self) -> str:
        """The part of the address after the question mark, in one spelling."""
        return urlencode(self.pairs())

    def pairs(self) -> list[tuple[str, str]]:
        """Return what the address says."""
        found = self.filters.pairs()
        if self.order is not Order.DUE:
            found.append(("sort", self.order.value))
        if self.columns != USUAL:
            found += [("column", column.value) for column in self.columns]
        return found

    def narrowed(self, filters: Filters) -> Self:
        """Return the same list with other filters."""
        return replace(self, filters=filters)

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self.filters.pairs() != [ANY]
