"""Tokens out of the environment or, where it has none, out of the system's keyring (extra `[keyring]`).

Only names that are those of keys are looked up there, and only when a source asks for them: a keyring may ask its user
for a password. What is found is handed to the source and nowhere else; `Web` takes it out of whatever is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Protocol

from rerating.core.errors import UsageError
from rerating.sources.web import names_a_key

#: The name under which tokens stand in a keyring: `keyring set rerating VENDOR_TOKEN`.
SERVICE = "rerating"


class Keyring(Protocol):
    """Where a system keeps passwords; a backend of the package keyring is one."""

    def get_password(self, service: str, username: str) -> str | None:
        """The password, None where there is none."""
        ...


class Credentials(Mapping[str, str]):
    """The environment, and behind it a keyring for names that are those of keys. Shows nothing of either."""

    def __init__(self, environ: Mapping[str, str], keyring: Keyring | None) -> None:
        self._environ = environ
        self._keyring = keyring

    def __getitem__(self, name: str) -> str:
        """The variable's value. Raises KeyError where neither has it."""
        if name in self._environ:
            return self._environ[name]
        found = self._keyring.get_password(SERVICE, name) if self._keyring is not None and names_a_key(name) else None
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        """The names in the environment; a keyring does not list its own."""
        return iter(self._environ)

    def __len__(self) -> int:
        return len(self._environ)


class SystemKeyring:
    """The keyring of this system, loaded when it is first asked; or another backend of that package."""

    def __init__(self, backend: Keyring | None = None) -> None:
        self._backend = backend

    def get_password(self, service: str, username: str) -> str | None:
        """The password, None where there is none or no keyring. Raises UsageError where it does not hand it out."""
        import keyring
        from keyring.errors import KeyringError, NoKeyringError

        try:
            found: str | None = (self._backend or keyring.get_keyring()).get_password(service, username)
        except NoKeyringError:
            return None
        except KeyringError as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise UsageError(
                f"The system's keyring did not hand out {username} ({reason}); unlock it, or set {username} in the "
                "environment."
            ) from error
        return found


def system_keyring() -> Keyring | None:
    """The keyring of this system; None where the extra is not installed."""
    return SystemKeyring() if find_spec("keyring") is not None else None
