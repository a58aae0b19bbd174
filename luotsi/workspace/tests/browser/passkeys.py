"""A passkey that stands in lists, for the pages that show one."""

from __future__ import annotations

import json
from typing import Any

from fido2.cose import CoseKey
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)


def credential() -> dict[str, Any]:
    """Return a passkey as a browser would register it; nobody has its key, so that it only stands in lists."""
    key = CoseKey.parse({1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)})
    made = AttestedCredentialData.create(bytes(16), b"passkey", key)
    seen = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(bytes(32), seen, 0, made)
    told = {"type": "webauthn.create", "challenge": "", "origin": "http://localhost"}
    answer = AuthenticatorAttestationResponse(
        client_data=CollectedClientData(json.dumps(told).encode()),
        attestation_object=AttestationObject.create("none", data, {}),
    )
    return dict(RegistrationResponse(raw_id=b"passkey", response=answer))
