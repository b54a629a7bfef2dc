"""How everything begins that is tried while many write: what is written and asked then is planned before it counts."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from tests.writing.caller import Caller
from tests.writing.ledger import Ledger
from tests.writing.readers import Reader
from tests.writing.writers import Writer


@asynccontextmanager
async def begun(
    urls: Sequence[str], key: str, ledger: Ledger, number: int, *, killed: bool = False
) -> AsyncIterator[list[Caller]]:
    """Give so many callers for a block, after one of them wrote and asked everything once."""
    async with AsyncExitStack() as opened:
        callers = [await opened.enter_async_context(Caller(urls, key, ledger, killed=killed)) for _ in range(number)]
        await Writer(callers[0]).begin()
        await Reader(callers[0]).begin()
        yield callers
