"""Where the running stack keeps what: one ignored folder, the same names for every reader."""

from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Layout:
    """The data folder and what lies in it."""

    root: Path = PROJECT / ".data"

    @property
    def postgres(self) -> Path:
        """PostgreSQL's own folder."""
        return self.root / "postgres"

    @property
    def keys(self) -> Path:
        """Keys of the services' envelopes (`services/`) and of access tokens (`access.key.pem`)."""
        return self.root / "keys"

    @property
    def authority(self) -> Path:
        """The state of the certification authority's stub."""
        return self.root / "nca"

    @property
    def trust(self) -> Path:
        """The pinned certificates (`*.cer`)."""
        return self.root / "trust"

    @property
    def revocation(self) -> Path:
        """Lists of revoked certificates, kept for the next start."""
        return self.root / "crl"

    @property
    def seals(self) -> Path:
        """Organisations' keys and chains (`{bin}.key.pem`, `{bin}.chain.pem`)."""
        return self.root / "seals"

    @property
    def demo(self) -> Path:
        """The demo people's signing keys."""
        return self.root / "demo"

    @property
    def logs(self) -> Path:
        """One file a process."""
        return self.root / "logs"

    @property
    def run_file(self) -> Path:
        """What runs now: see running.py."""
        return self.root / "run.json"

    @property
    def lock(self) -> Path:
        """Held by the launcher as long as it lives."""
        return self.root / "run.lock"
