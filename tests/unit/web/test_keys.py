"""A key that stands in an address is never logged."""

from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from tests.web.register import REGISTER
from tracker.web.access_log import CoveringLogger
from tracker.web.keys import covered


@pytest.mark.parametrize(
    ("words", "logged"),
    [
        ("GET /answer/WzEsImEyIl0.abc_-1 HTTP/1.1", "GET /answer/… HTTP/1.1"),
        ("/calendar/a-token.ics", "/calendar/…"),
        ("https://tracker.example/answer/abc?what=claim", "https://tracker.example/answer/…?what=claim"),
        ("GET /calendar HTTP/1.1", "GET /calendar HTTP/1.1"),
        ("POST /calendar/end HTTP/1.1", "POST /calendar/… HTTP/1.1"),
        ("GET /public/a_token HTTP/1.1", "GET /public/… HTTP/1.1"),
        ("POST /public-links/3/end HTTP/1.1", "POST /public-links/3/end HTTP/1.1"),
        ("GET /actions/WES-2026-01 HTTP/1.1", "GET /actions/WES-2026-01 HTTP/1.1"),
    ],
)
def test_the_key_is_covered_and_the_rest_is_not(words: str, logged: str) -> None:
    assert covered(words) == logged


def test_every_address_with_a_key_is_covered() -> None:
    with_key = [rule for _, rule in REGISTER if "<token>" in rule]
    assert with_key
    assert not [rule for rule in with_key if "a-key" in covered(rule.replace("<token>", "a-key"))]


def test_the_access_log_of_the_web_process_has_no_key() -> None:
    environ = {
        "RAW_URI": "/answer/a-key", "PATH_INFO": "/answer/a-key", "REQUEST_METHOD": "GET",
        "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_REFERER": "https://tracker.example/answer/a-key",
    }  # fmt: skip
    answer = SimpleNamespace(status="200 OK", sent=3, headers=[])
    request = SimpleNamespace(headers=[("REFERER", environ["HTTP_REFERER"])])
    logger = CoveringLogger(Config())
    found = logger.atoms(answer, request, environ, SimpleNamespace(seconds=0, microseconds=1, total_seconds=lambda: 0))
    assert "a-key" not in (logger.cfg.access_log_format % found)
