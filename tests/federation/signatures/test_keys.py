"""Keys: made in the form that everybody reads, read once, and bounded in size."""

import time

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from watertower.federation.signatures.errors import UnusableKey
from watertower.federation.signatures.keys import (
    is_signed_with,
    private_key,
    public_key,
    sign_text,
)

SPKI = serialization.PublicFormat.SubjectPublicKeyInfo


def pem_of(key, form=SPKI):
    return key.public_bytes(serialization.Encoding.PEM, form).decode()


def test_a_new_pair_is_pkcs8_and_spki_and_belongs_together(key_pair):
    private, public = key_pair
    assert private.startswith("-----BEGIN PRIVATE KEY-----\n")
    assert public.startswith("-----BEGIN PUBLIC KEY-----\n")
    key = public_key(public)
    assert key.key_size == 2048
    signature = sign_text(private, b"text")
    assert is_signed_with(key, signature=signature, text=b"text") is True
    assert is_signed_with(key, signature=signature, text=b"test") is False


def test_a_key_is_read_once_and_kept(key_pair):
    private, public = key_pair
    assert private_key(private) is private_key(private)
    assert public_key(public) is public_key(public)
    started = time.perf_counter()
    for _ in range(1000):
        private_key(private)
    assert time.perf_counter() - started < 0.05


def test_pkcs1_and_loose_whitespace_are_read(key_pair):
    key = public_key(key_pair[1])
    assert public_key(pem_of(key, serialization.PublicFormat.PKCS1)) == key
    assert public_key(f"\n  {key_pair[1]}\n\n") == key
    assert public_key(key_pair[1].replace("\n", "\r\n")) == key


def test_other_kinds_and_sizes_are_unusable():
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024).public_key()
    curve = ec.generate_private_key(ec.SECP256R1()).public_key()
    for text in (
        "",
        "nonsense",
        "x" * 20_000,
        pem_of(short),
        pem_of(curve),
        "-----BEGIN PUBLIC KEY-----",
    ):
        with pytest.raises(UnusableKey):
            public_key(text)


def test_a_damaged_private_key_is_a_fault_and_no_refusal(key_pair):
    with pytest.raises(ValueError):
        private_key("nonsense")
    with pytest.raises(ValueError):
        private_key(key_pair[0].replace("A", "B"))
