"""Stage 1: a report is added and read. Nothing is tracked yet."""
