"""Serves PyPI's `oidc-provider-mock` over https: JSON {chain} on standard input (PEM: key and certificate, for https).

It chooses its port; one line of JSON on standard output, {issuer}, says that it listens.
"""

import json
import ssl
import sys
import tempfile

import oidc_provider_mock
from werkzeug.serving import make_server

asked = json.load(sys.stdin)
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
with tempfile.NamedTemporaryFile("w", suffix=".pem") as chain:
    chain.write(asked["chain"])
    chain.flush()
    context.load_cert_chain(chain.name)
application = oidc_provider_mock.app(require_client_registration=True)
server = make_server("127.0.0.1", 0, application, threaded=True, ssl_context=context)
sys.stdout.write(json.dumps({"issuer": f"https://127.0.0.1:{server.port}"}) + "\n")
sys.stdout.flush()
server.serve_forever()
