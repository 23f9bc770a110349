"""New key pairs: randomness, hence an adapter."""

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


def new_rsa_pem() -> str:
    """A fresh RSA 2048 private key, PKCS#8 PEM, unencrypted: seal it before it is stored."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
