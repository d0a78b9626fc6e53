"""Encryption of push messages, against the examples of the standards."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from watertower.feeds.push.encryption import device_keys, seal_aes128gcm


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_example_of_rfc_8291_comes_out_bit_by_bit():
    # RFC 8291, section 5 and appendix A.
    keys = device_keys(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
    )
    number = int.from_bytes(decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
    sealed = seal_aes128gcm(
        b"When I grow up, I want to be a watermelon",
        keys,
        pair=ec.derive_private_key(number, ec.SECP256R1()),
        salt=decoded("DGv6ra1nlYgDCS1FRnbzlw"),
    )

    assert sealed.headers == {"Content-Encoding": "aes128gcm"}
    assert sealed.body == decoded(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
        "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
        "lcy4a-fN"
    )


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", ""),
        ("nonsense!", "BTBZMqHH6r4Tts7J_aSIgg"),
        ("BA" + "A" * 85, "BTBZMqHH6r4Tts7J_aSIgg"),  # no point of the curve
        (
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "c2hvcnQ",
        ),
    ],
)
def test_what_are_no_keys_is_refused(p256dh, auth):
    with pytest.raises(ValueError, match=r".+"):
        device_keys(p256dh, auth)
