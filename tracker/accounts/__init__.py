"""Signing in, people, roles and councils."""
