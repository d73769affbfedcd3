# One image for every process of an installation; docker-compose.yml says which command each one runs.
FROM python:3.13-slim AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements/lock.txt requirements/lock.txt
RUN /venv/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: --requirement requirements/lock.txt
COPY . .
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation --no-index --editable .

FROM python:3.13-slim
# The same number everywhere, so that a mounted folder's owner can be set beforehand.
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin husrom \
    && install --directory --owner=husrom --mode=0700 /var/lib/husrom
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH="/venv/bin:$PATH" PYTHONUNBUFFERED=1 HUSROM_DATA_DIR=/var/lib/husrom
USER husrom
WORKDIR /app
CMD ["husrom", "--help"]
