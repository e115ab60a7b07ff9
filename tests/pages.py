"""One way to ask for a page: signed in as somebody, every HTML answer checked as a page (STYLE rule 16)."""

from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PASSWORD = "three random words"
NEEDS_LABEL = ("input", "select", "textarea")
NO_LABEL = ("hidden", "submit", "button")


class Page:
    """An answer as a person sees it."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.soup = BeautifulSoup(response.get_data(as_text=True), "html.parser")

    @property
    def heading(self) -> str:
        heading = self.soup.h1
        return " ".join(heading.get_text(" ").split()) if heading else ""

    @property
    def text(self) -> str:
        body = self.soup.main or self.soup
        return " ".join(body.get_text(" ").split())

    @property
    def errors(self) -> list[str]:
        summary = self.soup.select_one(".govuk-error-summary")
        return [" ".join(item.get_text().split()) for item in summary.select("li")] if summary else []

    def field(self, name: str) -> str:
        """The value a form field holds when the page opens."""
        found = self.soup.find(attrs={"name": name})
        assert isinstance(found, Tag), f"no field {name}"
        if found.name == "textarea":
            return found.get_text().removeprefix("\n")
        if found.name == "select":
            chosen = found.find("option", selected=True) or found.find("option")
            return str(chosen["value"]) if isinstance(chosen, Tag) else ""
        return str(found.get("value", ""))


class PageClient(FlaskClient):
    """A browser that follows the forms' rules: it sends the page's own token, and looks at every page it gets."""

    def open(self, *args: Any, buffered: bool = True, **kwargs: Any) -> TestResponse:
        """Read every answer to its end, as a browser does: one that is streamed holds its transaction until then."""
        return super().open(*args, buffered=buffered, **kwargs)

    def sign_in(self, email: str) -> None:
        answer = self.send("/sign-in", email=email, password=PASSWORD)
        assert answer.status == 302, answer.errors

    def page(self, address: str, status: int | None = 200) -> Page:
        """Look at a page; with no status, whatever it answers."""
        page = Page(self.get(address))
        assert status in (None, page.status), f"{address}: {page.status} {page.heading} {page.text[:300]}"
        if page.response.mimetype == "text/html" and page.response.data and page.status != 302:
            check(page)
        return page

    def send(self, address: str, *, files: bool = False, **fields: Any) -> Page:
        """Post a form. Names with a hyphen are given with two underscores."""
        data = {name.replace("__", "-"): value for name, value in fields.items()} | {"csrf_token": self.token()}
        kind = {"content_type": "multipart/form-data"} if files else {}
        page = Page(self.post(address, data=data, **kind))
        if page.response.mimetype == "text/html" and page.response.data and not 300 <= page.status < 400:
            check(page)
        return page

    def follow(self, page: Page) -> Page:
        """Go where an answer sends the browser."""
        assert 300 <= page.status < 400, f"{page.status} {page.errors} {page.text[:300]}"
        return self.page(urlsplit(page.response.headers["Location"])._replace(scheme="", netloc="").geturl())

    def token(self) -> str:
        page = Page(self.get("/account"))
        if page.status != 200:
            page = Page(self.get("/sign-in"))
        return page.field("csrf_token")


def client_of(app: Flask, email: str | None = None) -> PageClient:
    """Open a browser; signed in, where an email is given. Use it outside an application context."""
    app.test_client_class = PageClient
    client = app.test_client()
    assert isinstance(client, PageClient)
    if email:
        client.sign_in(email)
    return client


def check(page: Page) -> None:
    """Check what every page owes: valid HTML, one h1 that begins the title, single ids, labels, live error links."""
    html = page.response.get_data(as_text=True)
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    soup = page.soup
    assert len(soup.find_all("h1")) == 1, "not exactly one h1"
    title = " ".join(str(soup.title.string).split()).removeprefix("Error: ") if soup.title else ""
    assert title.startswith(page.heading) or page.heading.endswith(title.split(" – ")[0]), (
        f"{title!r} / {page.heading!r}"
    )
    ids = Counter(str(tag["id"]) for tag in soup.find_all(id=True))
    assert not [name for name, count in ids.items() if count > 1], f"ids twice: {ids.most_common(2)}"
    labelled = {str(label.get("for")) for label in soup.find_all("label")}
    for tag in soup.find_all(NEEDS_LABEL):
        if tag.get("type") not in NO_LABEL:
            assert tag.get("id") in labelled or tag.get("aria-label"), f"no label: {tag}"
    for link in soup.select(".govuk-error-summary a"):
        assert str(link["href"]).removeprefix("#") in ids, f"an error that leads nowhere: {link}"
    for form in soup.find_all("form"):
        if str(form.get("method", "get")).lower() == "post":
            assert form.find("input", attrs={"name": "csrf_token"}), f"a form without a token: {form.get('action')}"
    assert not soup.find_all(style=True), "inline style"
    assert not soup.find_all("script", src=False), "inline script"
