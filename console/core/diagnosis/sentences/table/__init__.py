"""The rules of sentences in the order in which they are tried. Data only."""

from console.core.diagnosis.sentences.table import call, client, token, transport

TABLE = (*transport.TABLE.splitlines(), *client.TABLE.splitlines(), *token.TABLE.splitlines(), *call.TABLE.splitlines())
