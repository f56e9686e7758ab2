from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "plainview.classroom.evidence"
    label = "evidence"
