"""The words of mails, plain and HTML from the same entries. Pure."""
