"""Made-up money: who owns the vendor of the demonstration's product, and who gave whom what.

In:   the product, the chair.
Out:  ties and grants with a made-up source each.
Not here: real organisations.
"""

from datetime import datetime

from plainview.desk.background import take_in, write_down
from plainview.desk.background.models import Tie
from plainview.desk.reviews.models import Product
from plainview.lobby.people.models import Person

SAYS_SO = "Made up for the demonstration."
GRANTS = b"""giver,receiver,year,amount,purpose
Bright Morning Fund,Acme Learning,2023,1200000,Practice that follows each child
Bright Morning Fund,Acme Learning,2024,800000,The same
Bright Morning Fund,Institute for Lively Schools,2024,300000,Studies of practice on tablets
State of Example,Acme Learning,2024,450000,Licences
State of Example,Office of Independent Review,2025,500000,Reviews
"""


def known(product: Product, *, by: Person, at: datetime) -> None:
    for name, kind, vendor in (
        (product.vendor.name, Tie.Kind.IS_VENDOR, product.vendor),
        ("Big Umbrella Holdings", Tie.Kind.OWNS_VENDOR, product.vendor),
        ("Office of Independent Review", Tie.Kind.RUNS_THE_DESK, None),
        ("Institute for Lively Schools", Tie.Kind.EXPERTS_WORK_THERE, None),
    ):
        write_down.tie(name=name, ein="", kind=kind, vendor=vendor, says_so=SAYS_SO, by=by, at=at)
    write_down.payer(
        product,
        words="Districts, by the student and year.",
        words_es="Los distritos, por estudiante y año.",
        says_so=SAYS_SO,
        by=by,
        at=at,
    )
    write_down.declare(None, office="desk", words="", by=by, at=at)
    write_down.declare(None, office="chair", words="", by=by, at=at)
    take_in.grants_table(GRANTS, called="made-up-grants.csv", address="", by=by, at=at)
