"""Several requests in one cell of a table: each is proposed, but the parts of one request stay together."""

import io

import docx
import pytest
import typst

from tracker.reports.reading import Reading, read_bytes

ITEMS = ["Agree one plan for the workforce.", "Tell families how long they will wait."]


def page(cell: str) -> bytes:
    """A web page with one row of a table of actions."""
    head = "<tr><th>Responsible body</th><th>Areas for priority action</th><th>Due date</th></tr>"
    row = f"<tr><td>The partnership</td><td>{cell}</td><td>31 March 2027</td></tr>"
    return f"<!doctype html><h2>Areas for priority action</h2><table>{head}{row}</table>".encode()


def texts(reading: Reading) -> list[str]:
    return [point.text for point in reading.points]


@pytest.mark.parametrize(
    "cell",
    [
        "<ul><li>{}</li><li>{}</li></ul>",
        "<p>Leaders should take the following actions:</p><ul><li>{}</li><li>{}</li></ul>",
        "<p>{}</p><p>{}</p>",
        "<p>1. {}</p><p>2. {}</p>",
        "a) {} b) {}",
        "• {} • {}",
    ],
)
def test_each_request_of_a_list_in_a_cell_is_a_point(cell: str) -> None:
    reading = read_bytes(page(cell.format(*ITEMS)))

    assert texts(reading) == ITEMS
    assert {(point.bodies, str(point.time_limit.day)) for point in reading.points} == {
        (("The partnership",), "2027-03-31")
    }


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (
            "<p>Leaders must improve plans, ensuring that they:</p><ul><li>are clear</li><li>are signed</li></ul>",
            "Leaders must improve plans, ensuring that they: • are clear • are signed",
        ),
        (
            "<p>The provider must keep children safe.</p><p>In particular, the provider must review risks.</p>",
            "The provider must keep children safe. In particular, the provider must review risks.",
        ),
        (
            "Meet regulation 12. 1 child in 5 should not have to wait.",
            "Meet regulation 12. 1 child in 5 should not have to wait.",
        ),
    ],
)
def test_the_parts_of_one_request_stay_together(cell: str, words: str) -> None:
    assert texts(read_bytes(page(cell))) == [words]


def test_a_list_in_a_cell_of_a_word_document() -> None:
    document = docx.Document()
    document.add_heading("Recommendations", level=1)
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Recommendation", "By when"
    table.cell(1, 0).text, table.cell(1, 1).text = "\n\n".join(ITEMS), "Within three months"
    for cell, words in ((table.cell(1, 0), ITEMS), (table.cell(1, 1), ["31 March 2027", "30 April 2027"])):
        cell.text = words[0]
        cell.add_paragraph(words[1])
    written = io.BytesIO()
    document.save(written)

    reading = read_bytes(written.getvalue())

    assert texts(reading) == ITEMS
    assert [str(point.time_limit.day) for point in reading.points] == ["2027-03-31", "2027-04-30"]


def test_a_list_in_a_cell_of_a_pdf() -> None:
    rows = f"[*Recommendation*], [*By when*], [#list([{ITEMS[0]}], [{ITEMS[1]}])], [31 March 2027]"
    source = f"#set page(width: 16cm, height: 9cm)\n== Recommendations\n#table(columns: (2fr, 1fr), {rows})"

    assert texts(read_bytes(typst.compile(source.encode()))) == ITEMS
