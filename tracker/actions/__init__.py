"""Stage 3: each confirmed point is an action with an owner and a due date, until somebody else has checked it."""
