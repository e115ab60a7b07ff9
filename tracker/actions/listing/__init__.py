"""Lists of actions: narrowed by anything, searched, in any order and columns; saved, exported, changed at once."""
