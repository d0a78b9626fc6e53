"""Proofs inside an activity (FEP-8b32, cryptosuite eddsa-jcs-2022): who wrote it, whoever sends it.

Verified only; ours are signed by HTTP. The key is named by the proof and must be its actor's:
that is for the caller to see to.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from watertower.federation.signatures.errors import UnusableKey
from watertower.federation.signatures.jcs import canonical_json
from watertower.federation.signatures.keys import is_signed_with, public_key
from watertower.federation.signatures.multikey import multibase_bytes


def proof_of(document: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The proof, if the document has exactly one and of the kind that we can verify."""
    proof = document.get("proof")
    if isinstance(proof, list) and len(proof) == 1:
        proof = proof[0]
    if (
        isinstance(proof, dict)
        and proof.get("type") == "DataIntegrityProof"
        and proof.get("cryptosuite") == "eddsa-jcs-2022"
        and proof.get("proofPurpose") == "assertionMethod"
        and isinstance(proof.get("verificationMethod"), str)
    ):
        return proof
    return None


def is_proved_by(document: Mapping[str, Any], *, public_pem: str) -> bool:
    """Whether the owner of this Ed25519 key signed the document as it is (vc-di-eddsa, 3.3)."""
    proof = proof_of(document)
    signature = multibase_bytes(proof.get("proofValue")) if proof is not None else None
    if proof is None or signature is None or len(signature) != 64:
        return False
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if "@context" in options:
        context, own = _many(options["@context"]), _many(document.get("@context"))
        if own[: len(context)] != context:
            return False
        unsecured["@context"] = options["@context"]
    try:
        key = public_key(public_pem)
        text = sha256(canonical_json(options)).digest() + sha256(canonical_json(unsecured)).digest()
    except (UnusableKey, ValueError, RecursionError):
        return False
    return isinstance(key, Ed25519PublicKey) and is_signed_with(key, signature=signature, text=text)


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
