# ruff: noqa: E501 - lines of sample reports
"""Reports written for the tests: invented councils, invented findings, the layouts of real kinds of report."""

import io
from html import escape

import docx
import typst

LETTER = """\
Harbour House 1 Quay Street T 0300 000 0000

26 November 2007

Ms Jane Pell
Director of Children's Services
London Borough of Westmere
1 High Street

Dear Ms Pell

2007 ANNUAL PERFORMANCE ASSESSMENT OF SERVICES FOR CHILDREN IN THE LONDON BOROUGH OF WESTMERE

This letter comments on progress since the joint area review in 2006.

Overall effectiveness of children's services

Grade 3

The council delivers a service that is good. It has made good progress in meeting the joint area review recommendations.

Being healthy Grade 3

Summary of strengths and areas for development

The contribution of services in this aspect is good. Two recommendations emerged from the joint area review.

For action in the next six months

- The Westmere Health Board should give young offenders prompt access to a mental health nurse.
 The council should open a dental clinic on the Eastfield estate.

Prompt action has been taken and a mental health nurse now sees every young offender within a week. The dental clinic on
the Eastfield estate has not yet opened.

Area(s) for development

Reduce the number of young people who smoke.

Staying safe Grade 2

The contribution of services in this aspect is adequate. One recommendation emerged from the joint area review.

For action in the longer term

■ The council should find homes for larger families of asylum

seekers close to schools.

Good action has been taken to address these recommendations.

Areas for development

- Improve the timeliness of reviews.

Yours sincerely
"""

POINTS = (
    ("Immediately", "improve the oversight of casework by team managers in the north of the borough"),
    ("Immediately", "ensure that the wishes of every child are heard and recorded in full"),
    ("Within three months", "review the panel that agrees where a child is to live"),
    ("Within six months", "ensure that enough foster carers are found so that brothers and sisters can stay together"),
)
TITLE = "Inspection of services for looked after children"
FACTS = ("Northbrook County Council", "Inspection dates: 15 - 19 July 2013", "Published: 23 August 2013")
LEAD_IN = "In order to improve services, the local authority should take the following action."
FINDING = "The council should be proud of its staff, and inspectors found that they stay in their posts."


def _parts() -> list[tuple[str, str]]:
    """The sample as (kind, words): h1, h2, p or li."""
    parts = [("h1", TITLE), *(("p", fact) for fact in FACTS), ("h2", "Areas for improvement"), ("p", LEAD_IN)]
    last = ""
    for limit, words in POINTS:
        if limit != last:
            parts.append(("h3", f"{limit}:"))
        parts.append(("li", words))
        last = limit
    return [*parts, ("h2", "Main findings"), ("li", FINDING)]


def as_text() -> str:
    """The sample as plain text."""
    return "\n\n".join(f"- {words}" if kind == "li" else words for kind, words in _parts())


def as_markdown() -> str:
    """The sample as Markdown."""
    marks = {"h1": "# ", "h2": "## **", "h3": "#### ", "li": "- ", "p": ""}
    return "\n\n".join(f"{marks[kind]}{words}{'**' if kind == 'h2' else ''}" for kind, words in _parts())


def as_html() -> str:
    """The sample as a web page, with a menu and a footer that are no part of it."""
    body = "".join(f"<ul><li>{escape(w)}</li></ul>" if k == "li" else f"<{k}>{escape(w)}</{k}>" for k, w in _parts())
    menu = "<nav><ul><li>You should sign in</li></ul></nav>"
    return f"<!doctype html><html><body>{menu}<main>{body}</main><footer><p>We should not be read</p></footer></body></html>"


def as_word() -> bytes:
    """The sample as a Word document."""
    document = docx.Document()
    for kind, words in _parts():
        if kind == "li":
            document.add_paragraph(words, style="List Bullet")
        elif kind == "p":
            document.add_paragraph(words)
        else:
            document.add_heading(words, level=int(kind[1]))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def as_pdf() -> bytes:
    """The sample as a PDF of several narrow pages with running heads, so that lines and pages break the points."""
    marks = {"h1": "= ", "h2": "== ", "h3": "=== ", "li": "- ", "p": ""}
    body = "\n\n".join(marks[kind] + words for kind, words in _parts())
    head = (
        "#set page(width: 9cm, height: 7cm, margin: 1.2cm, header: [Northbrook County Council: inspection report],"
        " footer: context align(center, counter(page).display()))\n#set text(size: 10pt)\n#set par(justify: false)\n"
    )
    return typst.compile((head + body).encode())


def empty_pdf() -> bytes:
    """A PDF page without a letter, as a scan is."""
    return typst.compile(b"#rect(width: 100%, height: 90%, fill: luma(80))")
