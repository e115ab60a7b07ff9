"""The frame and the components, without database, person or page."""

import inspect
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import html5lib
import pytest
import wtforms
from flask import Flask, flash, render_template, render_template_string
from jinja2 import UndefinedError
from wtforms.validators import InputRequired

from tracker import terms
from tracker.web.fields import DayMonthYearField, choices
from tracker.web.templating import TEMPLATES, init_templates

NOT_TAGS = {"Role", "PointKind", "Origin", "TimeLimitKind", "TimeUnit", "BaseDateChoice", "How", "Stage", "CloseReason",
            "CategoryKind", "AssumedDate"}  # fmt: skip
TERMS = [
    term
    for name, kind in inspect.getmembers(terms, inspect.isclass)
    if issubclass(kind, terms.Term) and kind is not terms.Term and name not in NOT_TAGS
    for term in kind
]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    made = Flask("tracker", static_folder="web/static", template_folder=None)
    made.secret_key = "only for this test"
    init_templates(made, version="1.2.3", bytecode=tmp_path / "templates")
    with made.test_request_context("/"):
        yield made


def page(template: str, **context: object) -> ET.Element:
    """Render a template as a page, and check that it is well-formed HTML with one h1 and no id twice."""
    source = render_template(template, **context)
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(source)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert len(tree.findall(".//h1")) == 1
    assert "style=" not in source
    return tree


def component(name: str, call: str) -> str:
    macro = call.split("(", maxsplit=1)[0]
    return render_template_string(f'{{% from "components/{name}.html" import {macro} %}}{{{{ {call} }}}}')


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429, 500, 503])
def test_an_error_page_needs_nobody_and_no_database(app: Flask, status: int) -> None:
    tree = page(f"errors/{status}.html", reference="ab12", sentence=None)
    heading = tree.find(".//h1").text
    assert tree.find(".//title").text.startswith(heading)
    assert "ab12" in "".join(tree.find(".//main").itertext())


def test_our_own_sentence_replaces_the_general_one(app: Flask) -> None:
    words = "".join(page("errors/409.html", sentence="This has been confirmed.").find(".//main").itertext())
    assert "This has been confirmed." in words
    assert "was not saved" not in words


def test_the_frame_says_where_one_is_and_who_one_is(app: Flask) -> None:
    flash("The report was added.", "success")
    tree = page(
        "errors/404.html",
        council=SimpleNamespace(name="Marlshire County Council"),
        current_person=SimpleNamespace(name="Priya Nair", role=terms.Role.SERVICE_MANAGER),
        navigation=[SimpleNamespace(text="My actions", href="/", active=True)],
        breadcrumbs=[("Reports", "/reports")],
        demonstration=True,
        csrf_token=lambda: "token",
    )
    words = "".join(tree.find("body").itertext())
    for said in ("Marlshire County Council", "Priya Nair", "Sign out", "My actions", "Reports", "invented", "1.2.3"):
        assert said in words
    assert "The report was added." in words
    assert tree.find(".//form[@action='/sign-out']").get("method") == "post"


def test_a_misspelt_variable_or_attribute_fails_and_a_missing_key_is_empty(app: Flask) -> None:
    for misspelt in ("{{ titel }}", "{{ person.nmae }}"):
        with pytest.raises(UndefinedError):
            render_template_string(misspelt, person=SimpleNamespace(name="a"))
    assert render_template_string("{{ row.note }}", row={}) == ""


def test_templates_need_no_folder_for_their_compiled_form() -> None:
    made = Flask("tracker", static_folder="web/static", template_folder=None)
    init_templates(made, version="1.2.3")
    assert made.jinja_env.bytecode_cache is None


@pytest.mark.parametrize("term", TERMS, ids=lambda term: f"{type(term).__name__}.{term.name}")
def test_every_status_has_a_word_a_shape_and_a_colour(app: Flask, term: terms.Term) -> None:
    tag = render_template_string(
        '{% from "components/status.html" import status_tag %}{{ status_tag(term) }}', term=term
    )
    assert term.label in tag
    assert "<svg" in tag
    assert "govuk-tag--" in tag
    assert ("<circle" in tag) or ("<path" in tag)


class Form(wtforms.Form):
    title = wtforms.StringField("Title", description="In a few words", validators=[InputRequired("Enter a title")])
    what = wtforms.RadioField("What now?", choices=choices([("update", "Say"), ("more", "More time")]), default="more")
    until = DayMonthYearField("New date")


def test_a_field_is_tied_to_its_label_hint_and_error(app: Flask) -> None:
    form = Form()
    form.validate()
    shown = render_template_string(
        '{% from "components/form.html" import field %}{{ field(form.title, attributes={"maxlength": 9}) }}', form=form
    )
    tree = html5lib.parseFragment(shown, namespaceHTMLElements=False)
    field = tree.find(".//input")
    assert tree.find(".//label").get("for") == field.get("id") == "title"
    assert field.get("aria-describedby") == "title-hint title-error"
    assert field.get("maxlength") == "9"
    assert "Enter a title" in "".join(tree.itertext())


def test_a_choice_reveals_its_own_fields(app: Flask) -> None:
    shown = render_template_string(
        '{% from "components/form.html" import field %}'
        '{% call(value) field(form.what, hints={"update": "Only that"}) %}'
        '{% if value == "more" %}{{ field(form.until) }}{% endif %}{% endcall %}',
        form=Form(until=date(2012, 9, 1)),
    )
    tree = html5lib.parseFragment(shown, namespaceHTMLElements=False)
    revealed = tree.findall(".//div[@class='govuk-radios__conditional']")
    assert len(revealed) == 1
    assert [part.get("value") for part in revealed[0].findall(".//input")] == ["1", "9", "2012"]
    assert "Only that" in shown
    assert "built-in" not in shown


def test_what_people_wrote_is_never_markup(app: Flask) -> None:
    assert "<script>" not in component("page", "source_quote('<script>alert(1)</script>')")
    assert "<script>" not in component("buttons", "post_button('<script>', '/x', fields={'a': '<script>'})")
    assert "<script>" not in component("lists", "timeline([{'when': '', 'who': '', 'sentence': '<script>'}])")


def test_no_template_carries_script_or_style_of_its_own() -> None:
    for template in TEMPLATES.rglob("*.html"):
        if template.parent.name == "emails":
            continue  # no page: a mail has its styles on its elements, since readers drop anything else
        source = template.read_text(encoding="utf-8")
        assert " style=" not in source, template.name
        assert "<style" not in source, template.name
        assert " onclick=" not in source, template.name
        assert source.count("<script") == source.count('<script type="module" src="'), template.name
