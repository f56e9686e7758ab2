from django.apps import AppConfig


class VerdictsConfig(AppConfig):
    name = "plainview.desk.verdicts"
    label = "verdicts"

    def ready(self) -> None:
        from plainview.desk.reviews import sweep
        from plainview.desk.verdicts.proof import hashes

        sweep.USED_ABOVE.append(hashes)
