"""Stage 6: the next assessment: what was asked, what we did, what the inspectors say of it, and grades over time."""
