"""TLS that asks each client for a certificate and takes any, none included: who shows one has its key, no more.

Whether a certificate is good for anything is decided above, by whoever knows it (RFC 8705 section 2.2 wants self-signed
ones). The standard library either demands an authority that it knows or does not ask; hence OpenSSL itself.
"""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from cryptography.hazmat.primitives.serialization import Encoding
from OpenSSL import SSL

NO_MORE = -1  # what OpenSSL calls the end of a connection that was not announced


def context(certfile: str, keyfile: str) -> SSL.Context:
    """What a server is with these two PEM files. Raises OpenSSL.SSL.Error for files that do not belong together."""
    made = SSL.Context(SSL.TLS_SERVER_METHOD)
    made.set_min_proto_version(SSL.TLS1_2_VERSION)
    made.use_certificate_chain_file(certfile)
    made.use_privatekey_file(keyfile)
    made.check_privatekey()
    made.set_verify(SSL.VERIFY_PEER, lambda *_: True)  # the signature that proves the key is checked all the same
    # A session that is taken up again would need the certificate kept with it.
    made.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    made.set_options(SSL.OP_NO_TICKET)
    return made


class ClientEnded(ConnectionError):
    """The client says that nothing more comes, or has just left."""


class AskingSocket:
    """The server's end of one connection, with the methods and the exceptions of a socket of `ssl`."""

    def __init__(self, made: SSL.Context, sock: socket.socket) -> None:
        self._sock = sock
        self._tls = SSL.Connection(made, sock)
        self._tls.set_accept_state()

    def fileno(self) -> int:
        return self._sock.fileno()

    def do_handshake(self) -> None:
        with _as_ssl():
            self._tls.do_handshake()

    def client_certificate(self) -> str:
        """What the client has shown, in PEM; "" for none, and for one that cannot be read. After the handshake."""
        try:
            shown = self._tls.get_peer_certificate(as_cryptography=True)
            return shown.public_bytes(Encoding.PEM).decode() if shown is not None else ""
        except ValueError:
            return ""

    def recv(self, size: int) -> bytes:
        """b"" when the client has nothing more to say."""
        try:
            with _as_ssl():
                return bytes(self._tls.recv(size))
        except ClientEnded:
            return b""

    def send(self, data: bytes | bytearray) -> int:
        with _as_ssl():
            return int(self._tls.send(bytes(data)))

    def shutdown(self, how: int) -> None:
        self._sock.shutdown(how)

    def close(self) -> None:
        self._sock.close()


@contextmanager
def _as_ssl() -> Iterator[None]:
    """Raises what a socket of `ssl` would, all of it OSError: nothing above knows of another library."""
    try:
        yield
    except SSL.WantReadError:
        raise ssl.SSLWantReadError from None
    except SSL.WantWriteError:
        raise ssl.SSLWantWriteError from None
    except SSL.Error as problem:
        if isinstance(problem, SSL.ZeroReturnError) or problem.args[:1] == (NO_MORE,):
            raise ClientEnded from None
        raise ConnectionError(type(problem).__name__) from None
