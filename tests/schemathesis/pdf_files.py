"""How schemathesis sends what it invents as a PDF file: as it is, so that most is no PDF file and must be refused."""

import schemathesis


@schemathesis.serializer("application/pdf")
def serialize_pdf(context, value):
    return value if isinstance(value, bytes) else str(value).encode()
