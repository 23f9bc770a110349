"""A client certificate for one connection (RFC 8705), without its key ever standing on a disk.

Python's ssl module reads a key from a file alone. The file is one of the kernel's memory (memfd_create, Linux): it has
no name in any folder, lies in no file system that outlives the process, and is gone when it is closed, right after it
was read. The context is made for one request and never shared, so that no other request shows the certificate.
"""

import os
import ssl

from console.adapters.connections import Refused, new_tls_context
from console.core.credential import Certificate
from console.core.exchange import Failure, FailureKind


def context_showing(certificate: Certificate, ca_bundle: str | None) -> ssl.SSLContext:
    """A context as any other, which also shows this certificate. OSError when the bundle of authorities cannot be read.

    Raises Refused where the key and the certificate are not taken by the TLS library.
    """
    context = new_tls_context(ca_bundle)
    text = f"{certificate.private_key_pem.reveal().strip()}\n{certificate.chain_pem}".encode("ascii")
    opened = os.memfd_create("client certificate", os.MFD_CLOEXEC)
    try:
        _write(opened, text)
        context.load_cert_chain(f"/proc/self/fd/{opened}")
    except (ssl.SSLError, ValueError):
        detail = "The profile's certificate or its key is not taken by the TLS library; replace it on its page."
        raise Refused(Failure(FailureKind.TLS, detail, "client_certificate")) from None
    finally:
        os.close(opened)
    return context


def _write(opened: int, text: bytes) -> None:
    while text:
        text = text[os.write(opened, text) :]
