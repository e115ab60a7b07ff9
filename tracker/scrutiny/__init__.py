"""Stage 5: what scrutiny sees: where things stand, and the overdue report on the page, as a PDF and as a CSV file."""
