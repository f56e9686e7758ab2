"""Ask the checks of the demonstration's made-up products, and keep what they found under content/desk/runs.

Run it after a check or a dossier has changed: python scripts/desk_demo.py
It builds the demonstration's desk in a house that is thrown away, with the checks themselves where
`plainview demo` takes the stored runs. Afterwards the tests hold that the stored runs say the same.
"""

import os
import sys
import tempfile

os.environ |= {"PLAINVIEW_FACES": "desk", "PLAINVIEW_DEMO": "yes", "PLAINVIEW_HTTPS": "no"}
os.environ["DJANGO_SETTINGS_MODULE"] = "plainview.site.settings"


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from plainview.desk.reviews.models import Run
    from plainview.site.demo.desk import build, shelf, steps

    call_command("migrate", verbosity=0)
    shelf.folder().joinpath("runs").mkdir(exist_ok=True)
    shelf.stored = lambda name: None
    asked, names = steps.checked, []
    steps.checked = lambda review, name, *args, **said: (
        names.append(name),
        asked(review, name, *args, **said),
    )
    build.build(today=timezone.localdate(), say=_say)
    # The first dossiers are published after all of them, and are kept elsewhere (scripts/first_dossiers.py).
    for name, run in zip(names, Run.objects.order_by("pk")[: len(names)], strict=True):
        shelf.store(name, run)
        _say(f"{name}: {run.findings_sha256[:12]}")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="plainview-desk-demo-") as home:
        os.environ["PLAINVIEW_HOME"] = home
        main()
