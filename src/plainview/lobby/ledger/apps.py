from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "plainview.lobby.ledger"
    label = "ledger"
