"""An API that is asked with a token: taken before the first request, asked for once more where it is refused.

class AcmeSpider(TokenSpider):
    def grant(self) -> Grant:
        return ClientCredentials(endpoint=self.base("auth") + "/oauth/token", client_id=self.key("client_id"), …)
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from scrapy.spidermiddlewares.httperror import HttpError

from ..errors import CrawlerError
from ..tokens import Grant, forget_token, token_for
from .api import ApiSpider

if TYPE_CHECKING:
    from scrapy import Request
    from twisted.python.failure import Failure


class TokenSpider(ApiSpider):
    token: str
    renewing: asyncio.Lock
    is_renewed = False  # one refused token a run: the second refusal is an answer

    def grant(self) -> Grant:
        """How a token is come by. Raises KeyFault."""
        raise NotImplementedError

    async def prepare(self) -> None:
        self.renewing = asyncio.Lock()
        self.token = await asyncio.to_thread(token_for, self, self.grant())

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def failed(self, failure: Failure) -> Any:
        error = failure.value
        if isinstance(error, HttpError) and error.response.status == 401 and error.response.request is not None:
            return self._once_more(failure, error.response.request)
        return super().failed(failure)

    async def _once_more(self, failure: Failure, request: Request) -> AsyncIterator[Request]:
        async with self.renewing:  # requests that wait in the queue carry the old token as well
            if all(request.headers.get(name) == value.encode() for name, value in self.headers().items()):
                if self.is_renewed:
                    super().failed(failure)
                    return
                self.is_renewed = True
                try:
                    await asyncio.to_thread(forget_token, self)
                    self.token = await asyncio.to_thread(token_for, self, self.grant())
                except CrawlerError as fault:
                    self.ended_by(fault)
                    return
        again = request.replace(dont_filter=True)
        for name, value in self.headers().items():
            again.headers[name] = value
        yield again
