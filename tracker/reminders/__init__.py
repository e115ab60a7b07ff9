"""Stage 4: chases people about their actions before and after the date, once for each stage, one mail a morning."""
