from __future__ import annotations

import pytest

from interviewer.models.model import NotConfigured
from interviewer.models.ollama_host import parse_host


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("", "http://127.0.0.1:11434"),
        ("  ", "http://127.0.0.1:11434"),
        ("192.168.1.5", "http://192.168.1.5:11434"),
        ("myhost", "http://myhost:11434"),
        ("myhost:1234", "http://myhost:1234"),
        (":1234", "http://127.0.0.1:1234"),
        ("[::1]", "http://[::1]:11434"),
        ("[::1]:1234", "http://[::1]:1234"),
        ("::1", "http://[::1]:11434"),
        ("http://myhost", "http://myhost:80"),
        ("https://myhost", "https://myhost:443"),
        ("HTTPS://myhost", "https://myhost:443"),
        ("http://myhost:1234", "http://myhost:1234"),
        ("http://myhost:1234/", "http://myhost:1234"),
        ("https://myhost/models/ollama/", "https://myhost:443/models/ollama"),
        ("http://[fe80::2]:1234/x", "http://[fe80::2]:1234/x"),
        ("ollama.com", "https://ollama.com:443"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("0.0.0.0:1234", "http://127.0.0.1:1234"),
        ("[::]:1234", "http://[::1]:1234"),
        ("::", "http://[::1]:11434"),
        ("myhost:66000", "http://myhost:11434"),
        ("myhost:abc", "http://myhost:11434"),
        ("https://myhost:-1", "https://myhost:443"),
        ('"myhost:1234"', "http://myhost:1234"),
    ],
)
def test_every_form_of_ollama_host_is_read_as_ollama_reads_it(text: str, url: str) -> None:
    assert parse_host(text).url == url


@pytest.mark.parametrize("text", ["http://me:secret@myhost", "me@myhost:1234", "ftp://myhost"])
def test_an_address_with_a_password_or_an_odd_scheme_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(NotConfigured) as caught:
        parse_host(text)
    assert "secret" not in f"{caught.value} {caught.value.next_step}"
