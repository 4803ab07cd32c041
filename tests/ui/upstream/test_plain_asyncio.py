"""The screen's asyncio goes without TLS, and everything else can have it."""

from __future__ import annotations

import subprocess
import sys

import pytest

OURS = "from reader.ui.upstream.plain_asyncio import import_asyncio; import_asyncio(); "
THERE = "print('_ssl' in __import__('sys').modules)"


def told_by(code: str) -> str:
    """What a fresh interpreter prints, and without any warning."""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("first", "is_there"), [(OURS, "False"), ("", "True")], ids=["ours", "asyncio's own still does"]
)
def test_asyncio_brings_no_tls(first: str, is_there: str) -> None:
    assert told_by(f"{first}import asyncio, textual.app; {THERE}") == is_there


def test_the_whole_screen_goes_without_tls_and_a_story_is_found_by_its_key_without_it() -> None:
    found = "from reader.library.index.storage.article_keys import number_of_key; number_of_key('a'); "
    assert told_by(f"{OURS}import reader.cli.start, reader.cli.screen, reader.ui.app; {found}{THERE}") == "False"
    assert told_by(f"{OURS}{found}print('_hashlib' in __import__('sys').modules)") == "False"


def test_others_can_import_tls_afterwards() -> None:
    assert told_by(f"{OURS}import ssl; print(ssl.create_default_context().check_hostname)") == "True"


def test_asyncio_runs_and_connects_without_tls() -> None:
    code = (
        "import asyncio\n"
        "async def main():\n"
        "    async def answer(reader, writer):\n"
        "        writer.write(await reader.readline()); await writer.drain(); writer.close()\n"
        "    server = await asyncio.start_server(answer, '127.0.0.1', 0)\n"
        "    async with server:\n"
        "        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())\n"
        "        writer.write(b'words\\n')\n"
        "        print((await reader.read()).decode().strip())\n"
        "        writer.close()\n"
        "asyncio.run(main())"
    )
    assert told_by(OURS + code) == "words"


@pytest.mark.parametrize("first", ["import asyncio", "import ssl"])
def test_what_is_loaded_already_stays_as_it_is(first: str) -> None:
    code = f"{first}\n{OURS}\nimport asyncio.sslproto, ssl; print(asyncio.sslproto.ssl is ssl)"
    assert told_by(code) == "True"
