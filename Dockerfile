# Two images from one file: `services` (the default) runs any of the seven processes, `trial` makes TEST keys and loads
# demo data. docker-compose.yml names the process. No compiler, no package but those in the locks, nothing runs as root.

FROM python:3.13-slim AS packages
# A mirror of the package index may be named (--build-arg PIP_INDEX_URL=…): the hashes say what is right.
ARG PIP_INDEX_URL
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv --without-pip /venv
COPY requirements.prod.lock /locks/
RUN pip --python /venv/bin/python install --require-hashes --no-deps --only-binary :all: -r /locks/requirements.prod.lock

FROM packages AS demo-packages
COPY requirements.demo.lock /locks/
RUN pip --python /venv/bin/python install --require-hashes --no-deps --only-binary :all: -r /locks/requirements.demo.lock

FROM python:3.13-slim AS code
WORKDIR /app
COPY . .
RUN rm requirements.*.lock && python -m compileall -q . && mkdir /trial && mv stack /trial/

FROM python:3.13-slim AS ground
# Volumes that are mounted here for the first time take the folder's owner.
RUN groupadd --gid 10001 service \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin service \
    && install -d -o service -g service /var/lib/crl
# Time zones come from the locked package, whatever the base image has (PYTHONTZPATH). What a password's hashing takes is
# given back after it (MALLOC_MMAP_THRESHOLD_).
ENV PATH=/venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONSAFEPATH=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONTZPATH="" \
    MALLOC_MMAP_THRESHOLD_=1048576 \
    LANG=C.UTF-8
WORKDIR /app
USER 10001:10001

FROM ground AS trial
COPY --from=demo-packages /venv /venv
COPY --from=code /app /app
COPY --from=code /trial /app
ENTRYPOINT ["python", "-m", "stack.trial"]

FROM ground AS services
COPY --from=packages /venv /venv
COPY --from=code /app /app
# The same as ./run gives (stack/launcher.py); the port is UVICORN_PORT, the process is the command.
ENTRYPOINT ["python", "-m", "uvicorn", "--factory", "--host", "0.0.0.0", "--loop", "uvloop", \
    "--http", "shared.kit.server:GuardedProtocol", "--no-access-log", "--no-proxy-headers", \
    "--log-level", "warning", "--no-server-header", "--timeout-graceful-shutdown", "8"]
CMD ["gateway.app:create_app"]
