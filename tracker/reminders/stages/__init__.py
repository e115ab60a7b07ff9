"""The rules of chasing: which stage of an action falls when, and who is told of it. Pure."""
