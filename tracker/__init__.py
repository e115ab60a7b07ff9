"""The recommendation tracker: what inspectors asked for, who answers, by when, and what became of it.

The flow is the import order (a later stage may use an earlier one, never the reverse):

    reports        a report is added and read; nothing is tracked yet
    action_points  a person checks what was read: keep, edit, split, merge, leave out, add; then confirms
    actions        each confirmed point becomes an action with an owner and a due date, until somebody else checks it
    reminders      people are told before and after the date, once a morning
    scrutiny       members see what is overdue against the original dates
    assessments    the next report says what became of it
"""

__version__ = "0.1.0"
