"""A picture that leaves the house: with its colours inside, as a file of its own.

In:   a Chart.
Out:  SVG that looks right alone, in light, in the dark and printed; PNG where the extra is installed.
Not here: colours. They stand in standalone.css beside this file.
"""

from functools import cache
from importlib import import_module, resources
from importlib.util import find_spec

from plainview.core.charts.chart import Chart
from plainview.core.mendable import Mendable


@cache
def _sheet() -> str:
    return (resources.files(__package__) / "standalone.css").read_text(encoding="utf-8")


def standalone(chart: Chart) -> str:
    """The chart's SVG with the stylesheet inside, on paper of its own.

    Parameters
    ----------
    chart : Chart

    Returns
    -------
    str
        To be written to a file as UTF-8; it needs nothing else, and holds no script.
    """
    head, rest = chart.svg.split("</desc>", 1)
    paper = '<rect class="paper" width="100%" height="100%"/>'
    return f"{head}</desc><style>{_sheet()}</style>{paper}{rest}\n"


def png(chart: Chart, *, scale: float = 2.0) -> bytes:
    """The same as PNG, in light.

    Parameters
    ----------
    chart : Chart
    scale : float
        Pixels by unit of the picture; 2 is sharp on most screens, 4 in print.

    Raises
    ------
    Mendable
        If the extra is not installed: ``pip install 'plainview[png]'``.
    """
    if find_spec("vl_convert") is None:
        raise Mendable("PNG needs one more package: pip install 'plainview[png]'. SVG needs none.")
    vl_convert = import_module("vl_convert")  # an extra; 30 MB that most readers do not want
    return bytes(vl_convert.svg_to_png(standalone(chart), scale=scale))
