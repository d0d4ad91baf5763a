"""What schemathesis is told about this API beside its description.

PDF files are sent as they were invented, so that most is no PDF file and must be refused.

What is no HTTP request is not sent. A header name that is no token (RFC 9110, 5.6.2) and a value with control characters
are answered by the HTTP library before any of the service is asked: 400, no body, line closed. Nothing else can be said
on a line of which nobody knows where the next request begins, and so no problem document comes back.

Every second address names something that is there, as far as the register has one of its kind: addresses made up at
random would find nothing, and never come further than 404.
"""

import json
import os
import re

import schemathesis

TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
KNOWN = json.loads(os.environ.get("NEEDMATCH_KNOWN", "{}"))


@schemathesis.serializer("application/pdf")
def serialize_pdf(context, value):
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def filter_case(context, case):
    headers = (case.headers or {}).items()
    return all(TOKEN.fullmatch(str(name)) and VALUE.fullmatch(str(value)) for name, value in headers)


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    known = next((id for start, id in KNOWN.items() if context.operation.path.startswith(start)), None)
    made_up = (path_parameters or {}).get("id")
    if known and isinstance(made_up, str) and len(made_up) % 2 == 0:
        path_parameters["id"] = known
    return path_parameters
