"""Stage 2: a person checks what was read: keep, edit, split, merge, leave out, add. Then it can be confirmed."""
