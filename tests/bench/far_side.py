"""A far side for the bench of calls: few bytes, 1 MB, 200 MB, a bomb, and one that never answers.

`python -m tests.bench.far_side PORT` serves until it is killed.
"""

import asyncio
import gzip
import json
import sys

from tests.bench.served import HOST

SMALL = json.dumps({"orders": [{"id": number, "state": "open"} for number in range(5)]}).encode()
LARGE = json.dumps([{"id": number, "text": "x" * 80} for number in range(10_000)]).encode()[:999_999]
MANY_MB, PIECE = 200, bytes(1 << 20)
JSON, PACKED = b"application/json", b"application/json\r\nContent-Encoding: gzip"


def _bomb() -> bytes:
    return gzip.compress(PIECE * MANY_MB)


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.split(b" ", 2)[1].strip(b"/").decode()
            if path == "hang":
                await asyncio.sleep(3_600)
            body = {"small": SMALL, "large": LARGE}.get(path, b"")
            kind, length = JSON, len(body)
            if path == "bomb":
                body = _bomb()
                kind, length = PACKED, len(body)
            elif path == "200mb":
                length = MANY_MB * len(PIECE)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind, length) + body)
            for _ in range(MANY_MB if path == "200mb" else 0):
                writer.write(PIECE)
                await writer.drain()
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main(port: int) -> None:
    server = await asyncio.start_server(_answer, HOST, port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
