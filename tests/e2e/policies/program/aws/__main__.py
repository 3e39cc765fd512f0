"""A provider that takes every AWS resource as it is given, for tests of what stands before it."""

from __future__ import annotations

from importlib.metadata import version

from providers.kit import UNKNOWN, Call, Checked, Created, Handler, Properties, Provider, Stored, serve


class Record(Handler):
    """Keeps the inputs as outputs, names what has no name, and makes an ARN that a preview does not know."""

    def check(self, call: Call, inputs: Properties, old: Properties | None) -> Checked:
        """A bucket without a name gets one, as the vendor's plugin does it."""
        name = f"{call.name}-1a2b"
        return Checked({"bucket": name, **(old or {}), **inputs} if call.token.endswith(":Bucket") else inputs)

    def create(self, call: Call, inputs: Properties) -> Created:
        """Nothing is made."""
        arn = UNKNOWN if call.preview else "arn:aws:s3:::made"
        return Created(id="" if call.preview else "made", outputs={**inputs, "arn": arn})

    def delete(self, call: Call, stored: Stored) -> None:
        """Nothing is there to delete."""


class Aws(Provider):
    """Every type there is."""

    def handler(self, token: str) -> Handler:
        """One for all."""
        del token
        return Record()


if __name__ == "__main__":
    serve("aws", version("pulumi-aws"), Aws())
