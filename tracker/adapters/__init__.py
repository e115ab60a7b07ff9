"""The outside world behind small interfaces: files and mail, the real ones and those of the tests."""
