from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "laojian.evidence"
