"""Counting what a task costs somebody: clicks, and the seconds that pass beside typing.

A click is a press on a link, a button, a box or a file field; choosing from a list is two, and so is choosing a file.
"""

import time
from pathlib import Path

import pytest

from tests.journeys.conftest import Visit


class Task:
    """Counts somebody's clicks, and the time that passes while they do one thing."""

    def __init__(self, visit: Visit, address: str = "/") -> None:
        """Begin at an address that is open already; ``from_mail`` begins at a link of a mail."""
        self.visit, self.page, self.clicks = visit, visit.page, 0
        self.page.goto(address)
        self.began = time.monotonic()

    @classmethod
    def from_mail(cls, visit: Visit, link: str) -> "Task":
        """Begin with a press on a link of a mail: one click, and the seconds until its page stands."""
        began = time.monotonic()
        task = cls(visit, link)
        task.began, task.clicks = began, 1
        return task

    def press(self, name: str) -> None:
        self.clicks += 1
        self.visit.press(name)

    def follow(self, name: str) -> None:
        self.clicks += 1
        self.visit.follow(name)

    def choose(self, label: str, option: str) -> None:
        self.clicks += 2
        field = self.page.get_by_label(label, exact=True)
        field.focus()  # as the press on it does
        field.select_option(label=option)

    def add_file(self, path: Path) -> None:
        self.clicks += 2
        self.page.locator("input[type=file]").set_input_files(path)

    def type_where_the_cursor_is(self, words: str) -> None:
        has_focus = "['TEXTAREA', 'INPUT'].includes(document.activeElement.tagName)"
        self.page.wait_for_function(has_focus, timeout=3000)  # autofocus comes after the page's first painting
        self.page.keyboard.insert_text(words)

    def go_on_by_tab_to(self, label: str, words: str) -> None:
        """Move on by the keyboard, as one does within a form, and type."""
        wanted = self.page.get_by_label(label, exact=True).first.get_attribute("id")
        for _ in range(12):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement.id") == wanted:
                self.page.keyboard.insert_text(words)
                return
        pytest.fail(f"{label} is not within twelve tabs")

    def took(self, clicks: int, seconds: float) -> None:
        passed = time.monotonic() - self.began
        assert self.clicks <= clicks, f"{self.clicks} clicks, and {clicks} is the most"
        assert passed <= seconds, f"{passed:.1f} s, and {seconds} s is the most"
