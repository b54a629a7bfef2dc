# The service alone: `serve` by default, any other command of `foedus` by name (`load`, `check`, `keys create …`).
# It starts no Neo4j of its own: FOEDUS_NEO4J_URI names one. docker-compose.yml runs both.
ARG BASE=python:3.13-slim

FROM ${BASE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /source
RUN python3 -m venv /opt/foedus
COPY requirements.lock .
RUN /opt/foedus/bin/python -m pip install --quiet --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY cypher cypher
COPY graph graph
COPY seed seed
COPY service service
RUN /opt/foedus/bin/python -m pip install --quiet --no-deps --no-build-isolation . \
 && /opt/foedus/bin/python -m pip uninstall --quiet --yes editables hatchling

FROM ${BASE}
LABEL org.opencontainers.image.title="foedus" \
      org.opencontainers.image.description="A diplomatic-relations knowledge graph behind an HTTP API" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /opt/foedus /opt/foedus
# Nothing is written to the image's file system, so it can be read-only.
ENV PATH=/opt/foedus/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOME=/tmp FOEDUS_HOST=0.0.0.0 PORT=8000
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=10s --start-period=180s --retries=3 \
  CMD ["python", "-c", "from os import environ; from urllib.request import ProxyHandler, build_opener; build_opener(ProxyHandler({})).open(f'http://127.0.0.1:{environ[\"PORT\"]}/health/ready', timeout=8)"]
ENTRYPOINT ["foedus"]
CMD ["serve"]
