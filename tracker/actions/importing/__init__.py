"""Importing a council's own tracker: a spreadsheet becomes action points and actions, all of it or nothing."""
