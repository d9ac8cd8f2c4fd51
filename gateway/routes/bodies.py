"""Reading what several routes take: a service's form, a signature."""

import json
from typing import Final

from pydantic import BaseModel
from starlette.requests import Request as HttpRequest

from gateway.schemas.requests import SignatureIn
from shared.kit.bodies import read_body, read_json
from shared.kit.problems import Unprocessable

CMS_TYPES: Final = ("application/cms", "application/pkcs7-signature")
"""A signature comes as JSON with base64, or as the DER itself."""


async def signature_of(http: HttpRequest) -> bytes:
    """Return the DER of a signature; raises Unprocessable."""
    if http.headers.get("content-type", "").split(";")[0].strip().lower() in CMS_TYPES:
        return await http.body()
    return (await read_body(http, SignatureIn)).as_bytes()


def filled_form(form: object, model: type[BaseModel]) -> BaseModel:
    """Return a service's form; raises Unprocessable with pointers from the body's root."""
    try:
        return read_json(json.dumps(form).encode(), model)
    except Unprocessable as wrong:
        raise Unprocessable(
            errors=[{"pointer": "/form" + fault["pointer"], "code": fault["code"]} for fault in wrong.errors]
        ) from None
