"""The server asks for a client's certificate and takes any; what is above gets it, and none from a header."""

import socket
import ssl
import threading

import pytest
import trustme

from console.management import client_certificates
from console.management.client_certificates import AskingSocket
from tests.sandbox.builders import key_pair

SAYS = b"hello"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder, authority = tmp_path_factory.mktemp("tls"), trustme.CA()
    server = authority.issue_cert("localhost")
    paths = {name: folder / name for name in ("ca.pem", "server.pem", "server.key", "client.pem", "client.key")}
    authority.cert_pem.write_to_path(str(paths["ca.pem"]))
    server.cert_chain_pems[0].write_to_path(str(paths["server.pem"]))
    server.private_key_pem.write_to_path(str(paths["server.key"]))
    paths["client.pem"].write_text(key_pair("client").certificate_pem)
    paths["client.key"].write_text(key_pair("client").private_pem)
    return paths


def _client(files, *, shows: bool, version: ssl.TLSVersion) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(files["ca.pem"]))
    context.minimum_version = context.maximum_version = version
    if shows:
        context.load_cert_chain(str(files["client.pem"]), str(files["client.key"]))
    return context


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=lambda one: one.name)
@pytest.mark.parametrize("shows", [False, True])
def test_a_client_with_any_certificate_or_none_is_served(files, shows, version):
    near, far = socket.socketpair()
    served = AskingSocket(client_certificates.context(str(files["server.pem"]), str(files["server.key"])), near)
    got = {}

    def visit():
        with _client(files, shows=shows, version=version).wrap_socket(far, server_hostname="localhost") as client:
            client.sendall(SAYS)
            got["answer"] = client.recv(100)

    visitor = threading.Thread(target=visit)
    visitor.start()
    served.do_handshake()
    assert served.recv(16_384) == SAYS
    assert served.client_certificate() == (key_pair("client").certificate_pem if shows else "")
    assert served.send(b"answer") == 6
    visitor.join(10)
    assert got == {"answer": b"answer"}
    assert served.recv(100) == b""
    served.close()


def test_what_is_not_there_yet_is_told_as_by_the_standard_library(files):
    near, far = socket.socketpair()
    near.setblocking(False)
    served = AskingSocket(client_certificates.context(str(files["server.pem"]), str(files["server.key"])), near)
    with pytest.raises(ssl.SSLWantReadError):
        served.do_handshake()
    far.sendall(b"GET / HTTP/1.1\r\n\r\n")
    with pytest.raises(ConnectionError):
        served.do_handshake()
    served.close()
    far.close()
