FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/app/src \
    DJANGO_SETTINGS_MODULE=laojian.settings LAOJIAN_HOME=/data LAOJIAN_STATIC=/app/static
WORKDIR /app
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY law law
COPY src src
RUN python -m django collectstatic --verbosity 0 --noinput && python -m compileall -q src \
    && useradd --system --uid 10001 laojian && install -d -o laojian /data
USER laojian
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "laojian.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "3", \
     "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
