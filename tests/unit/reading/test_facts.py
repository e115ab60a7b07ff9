# ruff: noqa: E501 - lines of sample reports
"""What a report is: its dates in every shape, its inspectorates, the authority, in labels, tables, titles and sentences."""

import pytest

from tracker.reports.reading import read_text
from tracker.reports.reading.model import Facts


def facts(first_page: str) -> Facts:
    return read_text(f"{first_page}\n\nFindings\n\nAll is well.\n").facts


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("Inspection dates: 3 to 14 June 2024", "2024-06-03", "2024-06-14"),
        ("Inspection dates: 30 October – 10 November 2023", "2023-10-30", "2023-11-10"),
        ("Date of inspection: Monday 6 to Friday 10 February 2023", "2023-02-06", "2023-02-10"),
        ("Inspection dates:\tTuesday 4th June to Thursday 6th June 2024", "2024-06-04", "2024-06-06"),
        ("Dates of inspection: 26–30 September and 10–14 October 2022", "2022-09-26", "2022-10-14"),
        ("Inspection date: 14, 15 and 16 May 2024", "2024-05-14", "2024-05-16"),
        ("This inspection took place on 15, 16 and 17 October 2024.", "2024-10-15", "2024-10-17"),
        ("The visit took place between 03/06/2024 and 14/06/2024.", "2024-06-03", "2024-06-14"),
        ("Between 17 January 2022 and 19 January 2022, Ofsted revisited the area.", "2022-01-17", "2022-01-19"),
        ("Inspectors visited from Monday 3 June until Friday 14 June 2024.", "2024-06-03", "2024-06-14"),
        ("Published: 2 August 2024\n\nThe inspection took place between 3 and 14 June.", "2024-06-03", "2024-06-14"),
        ("Fieldwork began in the week commencing 6 November 2023", "2023-11-06", "None"),
    ],
)
def test_the_days_of_the_inspection(words: str, first: str, last: str) -> None:
    read = facts(f"Inspection of services in Westmere\n\n{words}")

    assert (str(read.inspection_start), str(read.inspection_end)) == (first, last)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Published: 12/08/2024", "2024-08-12"),
        ("Published:\t2 May 2025", "2025-05-02"),
        ("Date published:\t19th July 2024", "2024-07-19"),
        ("Publication: 5.12.2022", "2022-12-05"),
        ("Date issued: 8 April 2024", "2024-04-08"),
        ("Final report issued: 17 May 2024", "2024-05-17"),
        ("Report dated 2nd September 2024", "2024-09-02"),
        ("Decision date : 19 Mar 2024", "2024-03-19"),
        ("HC 123 | Session 2024-25 | 24 October 2024", "2024-10-24"),
        ("Final report, 4 November 2022", "2022-11-04"),
        ("Date:\t12 November 2024", "2024-11-12"),
        ("Inspected on 3 May 2024", "None"),
    ],
)
def test_the_day_it_was_published(words: str, day: str) -> None:
    assert str(facts(f"Review of services in Westmere\n\n{words}").published) == day


@pytest.mark.parametrize(
    ("first_page", "authority"),
    [
        ("Inspection of safeguarding services\n\nNorthbrook\n\nPublished: 26 April 2011", "Northbrook"),
        ("Ms R Field, Director for Children, Southmarsh County Council", "Southmarsh County Council"),
        ("Registered provider\tHarbour Care Limited\nInspection dates\t14 January 2025", "Harbour Care Limited"),
        ("Name of Service: Quayside Lodge\n\nProvider: Westmere Health Trust", "Westmere Health Trust"),
        ("Bryncoed University Health Board", "Bryncoed University Health Board"),
        ("Commissioned by Eastvale Safeguarding Children Partnership", "Eastvale Safeguarding Children Partnership"),
        ("# Joint inspection of adult support and protection: Strathmoor", "Strathmoor"),
    ],
)
def test_the_authority_of_kinds_of_first_page(first_page: str, authority: str) -> None:
    assert facts(first_page).authority == authority


def test_each_of_several_inspectorates_is_named() -> None:
    words = "Carried out by Ofsted, the Care Quality Commission (CQC), HMICFRS and HMI Probation."

    assert facts(words).inspectorates == (
        "Ofsted",
        "Care Quality Commission",
        "HM Inspectorate of Constabulary and Fire & Rescue Services",
        "HM Inspectorate of Probation",
    )
