"""The one chart: a Plotly figure whose data carry no colours, so that the colour mode never redraws it from the server.

A figure is a plain dict `{"data": traces, "layout": …, "narrow": …}` built by the server: `layout` and, on phones,
`narrow` over it hold what depends on the data (ticks, ranges, notes). Colours come from the template by the order of
traces of a type: the n-th bar (line) has the n-th of the chart's `bars` (`lines`), beginning again after the last.
Shapes are gap bands; notes are muted unless `templateitemname="strong"`.
"""

from __future__ import annotations

from typing import Any

import reflex as rx
from plotly.graph_objs import Figure
from plotly.graph_objs.layout import Template
from reflex_base.utils.imports import ImportVar
from reflex_base.vars import VarData

from energo_cabinet.theme import PHONE, Mode, tokens

ZONE_BARS = ("missing", "t2", "t3", "t1", "t4", "fact")
"""Colours of stacked consumption: the compared period; zones, night at the bottom; energy that no zone splits."""

_NARROW_HOOK = (
    f"const isNarrow = useSyncExternalStore((changed) => {{const m = window.matchMedia('{PHONE}');"
    " m.addEventListener('change', changed); return () => m.removeEventListener('change', changed)},"
    f" () => window.matchMedia('{PHONE}').matches, () => false);"
)


def chart(
    figure: rx.Var[dict[str, Any]],
    summary: rx.Var[str] | str,
    *,
    bars: tuple[str, ...] = ("fact",),
    lines: tuple[str, ...] = ("fact",),
    size: str = "",
) -> rx.Component:
    """A figure in a box of fixed height (`size`: "" or "small"), read out as `summary`; colours are token names."""
    return rx.el.div(
        rx.plotly.basic(
            data=_fitted(figure),
            template=rx.color_mode_cond(template("light", bars, lines), template("dark", bars, lines)).to(Template),
            config={"displaylogo": False, "displayModeBar": False, "responsive": True},
            style={"width": "100%", "height": "100%"},
        ),
        class_name=f"chart {size}".strip(),
        role="img",
        aria_label=summary,
    )


def chart_skeleton(size: str = "") -> rx.Component:
    """Bars of no meaning in a box of the chart's height."""
    heights = (52, 34, 72, 44, 42, 92, 46, 96, 88, 64, 45, 44, 50, 38, 34, 40)
    bars = [rx.el.i(class_name="skel", style={"height": f"{h}%"}) for h in heights]
    return rx.el.div(
        rx.el.div(*bars, class_name="skbars"), class_name=f"chart skchart {size}".strip(), aria_hidden="true"
    )


def _fitted(figure: rx.Var[dict[str, Any]]) -> rx.Var[Figure]:
    merged = f"({{...({figure!s}), layout: {{...({figure!s})?.layout, ...(isNarrow ? ({figure!s})?.narrow : {{}})}}}})"
    data = VarData(hooks={_NARROW_HOOK: None}, imports={"react": [ImportVar(tag="useSyncExternalStore")]})
    return rx.Var(merged, _var_data=VarData.merge(figure._get_all_var_data(), data)).to(Figure)


def template(mode: Mode, bars: tuple[str, ...], lines: tuple[str, ...]) -> dict[str, Any]:
    """Everything about the look that does not depend on data, in the colours of a mode."""
    color = tokens(mode)
    bar_looks = [{"marker": _bar_marker(color[name], color["surface"])} for name in bars]
    line_looks = [_line(color[name], color["surface"]) for name in lines]
    return {"data": {"bar": bar_looks, "scatter": line_looks}, "layout": _layout(color)}


def _bar_marker(color: str, surface: str) -> dict[str, Any]:
    return {
        "color": color,
        "cornerradius": 2,
        "line": {"width": 0},
        "pattern": {"fillmode": "overlay", "fgcolor": surface, "size": 6, "solidity": 0.35},
    }


def _line(color: str, surface: str) -> dict[str, Any]:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return {
        "line": {"color": color, "width": 1.5},
        "fillcolor": f"rgba({red},{green},{blue},0.1)",
        "fillpattern": {"fgcolor": color, "size": 6, "solidity": 0.35},
        "marker": {"color": color, "size": 9, "line": {"color": surface, "width": 2}},
        "connectgaps": False,
        "cliponaxis": False,
    }


def _layout(color: dict[str, str]) -> dict[str, Any]:
    days = {"gridcolor": color["grid"]}
    axis = {"fixedrange": True, "zeroline": False, "tickfont": {"color": color["muted"], "size": 12}, "ticks": ""}
    note = {"showarrow": False, "font": {"size": 12, "color": color["muted"]}}
    strong = {"name": "strong", "visible": False, "font": {"size": 12, "color": color["text"], "weight": 500}}
    return {
        "font": {"family": 'Inter, system-ui, "Segoe UI", Roboto, sans-serif', "size": 12, "color": color["text"]},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 40, "r": 4, "t": 22, "b": 24, "pad": 0},
        "autosize": True,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "x",
        "hoverlabel": {
            "bgcolor": color["raised"],
            "bordercolor": color["control"],
            "font": {"color": color["text"], "size": 12},
            "align": "left",
            "namelength": -1,
        },
        "barmode": "stack",
        "bargap": 0.42,
        "xaxis": axis | {"showgrid": False, "linecolor": color["missing"], "showline": True, "minor": days},
        "yaxis": axis | {"gridcolor": color["grid"], "rangemode": "tozero"},
        "annotationdefaults": note,
        "annotations": [note | strong],
        "shapedefaults": {"type": "rect", "yref": "paper", "line": {"width": 0}, "layer": "below"}
        | {"y0": 0, "y1": 1, "fillcolor": color["raised"]},
    }
