"""A passkey in software: what a browser's authenticator would answer to the console's challenges."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG
HOST = "testserver"


class Passkey:
    """One key of one person."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.holder = ""  # what the console calls its person, as it said when the key was made

    def registered(self, browser):
        """Added by the page for it; the answer of that page."""
        page = browser.get("/accounts/2fa/webauthn/add/")
        self.holder = page.context["js_data"]["creation_options"]["publicKey"]["user"]["id"]
        client_data = self._asked(browser, "webauthn.create")
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        data = self._data(FLAG.UP | FLAG.UV | FLAG.AT, credential)
        given = {
            "clientDataJSON": client_data.b64,
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        form = {"name": "Passkey", "passwordless": "on", "credential": self._said(given)}
        return browser.post("/accounts/2fa/webauthn/add/", form)

    def signed_in(self, browser):
        """The answer to a sign-in by this key alone."""
        browser.get("/accounts/2fa/webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"})
        client_data = self._asked(browser, "webauthn.get")
        data = self._data(FLAG.UP | FLAG.UV)
        given = {
            "clientDataJSON": client_data.b64,
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(self.key.sign(data + client_data.hash, ec.ECDSA(hashes.SHA256()))),
            "userHandle": self.holder,
        }
        return browser.post("/accounts/2fa/webauthn/login/", {"credential": self._said(given)})

    @staticmethod
    def _asked(browser, kind):
        challenge = browser.session["mfa.webauthn.state"]["challenge"]
        return CollectedClientData.create(kind, challenge, f"https://{HOST}")

    @staticmethod
    def _data(flags, credential=b""):
        return AuthenticatorData.create(hashlib.sha256(HOST.encode()).digest(), flags, 0, credential)

    def _said(self, response):
        extensions = {"credProps": {"rk": True}}
        whole = {"id": websafe_encode(self.id), "rawId": websafe_encode(self.id), "type": "public-key"}
        return json.dumps({**whole, "response": response, "clientExtensionResults": extensions})
