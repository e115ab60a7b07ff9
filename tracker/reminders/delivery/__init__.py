"""The way of a mail: into the outbox, out under a lease, and what is heard of it later."""
