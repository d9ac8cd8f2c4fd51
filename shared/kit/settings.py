"""What an operator may set, read from the environment and from files of secrets; a service adds its own fields."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import Field
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from shared.kit.clock import SystemClock

SECRETS = Path("/run/secrets")


class _Environment(EnvSettingsSource):
    """The environment without ``NAME``: some systems set it to the machine's name, and a service names itself."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Return the field's value as the environment has it."""
        if field_name == "name":
            return None, field_name, False
        return super().get_field_value(field, field_name)


class Settings(BaseSettings):
    """Common to all services. A variable has its field's name in capitals; a secret may be a file of that name."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        secrets_dir=SECRETS if SECRETS.is_dir() else None,
    )

    name: str = "service"
    """The service's name, as its envelopes and its log lines carry it."""
    database_url: str = Field(default="", repr=False)
    """``postgresql://user:password@host:port/database``; empty for a service without a database."""
    keys_dir: Path = Path(".data/keys")
    """Folder with ``services/{name}.key.pem`` and every caller's ``services/{name}.pub.pem``."""
    trust_dir: Path = Path(".data/trust")
    """Folder with the pinned certificates of the certification authority."""
    iin_check_digit: bool = True
    """Whether an IIN in a body must have its check digit; off only for the certification authority's test persons."""
    clock_offset_seconds: float = 0.0
    """Seconds that the system's clock is ahead of the machine's."""
    log_level: str = "INFO"
    pool_size: int = Field(default=10, ge=1, le=200)
    """Connections to the database that one process holds at most."""
    pool_wait_seconds: float = Field(default=2.0, gt=0)
    """How long a request waits for a free connection before it is answered 503."""
    body_limit: int = Field(default=1_000_000, ge=1)
    """The largest request body in bytes."""

    def clock(self) -> SystemClock:
        """Return the system's clock at the offset that was set."""
        return SystemClock(timedelta(seconds=self.clock_offset_seconds))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        *_: PydanticBaseSettingsSource,
        **given: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, the environment over files of secrets."""
        return given["init_settings"], _Environment(settings_cls), given["file_secret_settings"]
