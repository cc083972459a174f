"""`import`: files of measured values into the database; each one whole or not at all."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from energo_cabinet.cli import add_json
from energo_cabinet.cli.imports.progress_bar import ProgressBar
from energo_cabinet.door import run_as_system
from energo_cabinet.errors import CabinetError, ImportRefused
from energo_cabinet.i18n import text
from energo_cabinet.services.imports.command import import_by_command, refuse_by_command, stamp_of
from energo_cabinet.services.imports.file import FileReader, ImportReport, Notice, ReadOptions
from energo_cabinet.services.supplier.supplier import check_zone, find_supplier

EPILOG = """
formats: 80020 and 80020* (xml, or a zip of many), tables of interval values (csv, also gzipped).
Own layout of a table: first line `point;time;A+;A-;R+;R-`, then one line per interval, kWh, `time` its beginning as
2026-11-21T00:30 or with an offset (2026-11-21T00:30+03:00); an empty cell is a gap. Other tables: see the options.
A journal: `point;time;event` (rows of another cabinet), or any of
`point;dictionary;code;time;end;meter_time;meter_end;seconds;raw` with dictionary m23x or spodes.
Transformers: `point;phase;kind` and any of model, serial_number, registry_number, place, commissioned_on,
last_verification_on, next_verification_on, nominal_voltage, nominal_frequency_hz, primary_current_a,
secondary_current_a, accuracy_class, comment. What they are is found out by their header.
Network parameters: `point;time` and any of U_A U_B U_C I_A … P_A … P Q_A … Q S_A … S cos_A … cos f angle_AB angle_BC
angle_CA (V, A, kW, kvar, kVA, Hz, degrees) every 1, 2, 5 or 10 minutes, or one line: the newest snapshot.
What voltages are judged by: `point;nominal_v` and any of source, meter_min_v, meter_low_v, meter_high_v, meter_max_v.
A 80020 file replaces the days it holds; a table replaces the values it holds. What was replaced is kept on record.
exit code: 0 all files accepted, 1 at least one refused (nothing of that file is stored), 2 wrong usage.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EPILOG
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="xml, csv, csv.gz or zip")
    parser.add_argument("--supplier", required=True, metavar="CODE", help="code of the supplier the points belong to")
    parser.add_argument("--create-points", action="store_true", help="create metering points the supplier has not yet")
    parser.add_argument("--zone", default="", help="time zone of local times in the file (default: the supplier's)")
    parser.add_argument("--point-zone", default="", help="time zone of created points (default: the same)")
    parser.add_argument("--meter-zone", default="", help="time zone of the meters' clocks (default: found out)")
    table = parser.add_argument_group("tables of interval values (csv)")
    table.add_argument("--point", default="", metavar="CODE", help="point of the whole table, when no column names it")
    table.add_argument("--point-column", default="", metavar="NAME", help="column of the point's number")
    table.add_argument("--time-column", default="", metavar="NAME", help="column of the stamp")
    table.add_argument(
        "--value-column",
        action="append",
        default=[],
        metavar="CHANNEL=NAME",
        help="channel (A+, A-, R+, R- or a code of its own; A+ if left out) and its column; repeatable",
    )
    table.add_argument("--stamp", choices=("start", "end"), default="", help="a stamp marks its interval's … (start)")
    table.add_argument("--unit", choices=("wh", "kwh", "mwh", "w", "kw", "mw"), default="kwh", help="default kwh")
    table.add_argument("--step", type=int, choices=(15, 30, 60), default=0, help="minutes (default: found out)")
    table.add_argument("--delimiter", default="", help='";", ",", "|" or "tab" (default: found out)')
    table.add_argument("--decimal", choices=("point", "comma"), default="", help="decimal sign (default: found out)")
    add_json(parser)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    for zone in filter(None, (args.zone, args.point_zone, args.meter_zone)):
        check_zone(zone)
    options = _options(args, args.zone or run_as_system(find_supplier, args.supplier).zone)
    refused = 0
    with FileReader() as reader:
        for path in args.files:
            shown = _import(reader, path, options, args)
            refused += bool(shown["errors"])
            _print(shown, args.json)
    return 1 if refused else 0


def _options(args: argparse.Namespace, zone_name: str) -> ReadOptions:
    pairs = [(pair if "=" in pair else f"A+={pair}").partition("=") for pair in args.value_column]
    return ReadOptions(
        zone_name=zone_name,
        stamp=args.stamp,
        unit=args.unit,
        time_column=args.time_column,
        value_columns={channel.strip(): name.strip() for channel, _, name in pairs},
        point_column=args.point_column,
        point=args.point.strip(),
        delimiter="\t" if args.delimiter == "tab" else args.delimiter,
        decimal={"comma": ",", "point": "."}.get(args.decimal, ""),
        step_min=args.step,
        meter_zone=args.meter_zone,
    )


def _import(reader: FileReader, path: Path, options: ReadOptions, args: argparse.Namespace) -> dict[str, Any]:
    with ProgressBar(path.name) as bar:
        try:
            contents = reader.read(path, options, bar.show)
            given = {"create_points": args.create_points, "point_zone": args.point_zone}
            report = run_as_system(import_by_command, args.supplier, stamp_of(path), contents, **given)
        except ImportRefused as error:
            with suppress(CabinetError, OSError):  # no such supplier or file: there is no journal to enter it in
                run_as_system(refuse_by_command, args.supplier, stamp_of(path), error.notices)
            return _shown(path, None, [sentence(notice) for notice in error.notices])
        except CabinetError as error:
            return _shown(path, None, [text(f"error.{error.code}", "en", **error.params)])
    return _shown(path, report, [])


def _shown(path: Path, report: ImportReport | None, errors: list[str]) -> dict[str, Any]:
    found = report.change if report else None
    return {
        "file": str(path),
        "format": report.format if report else "",
        "points": report.points if report else 0,
        "channels": report.channels if report else 0,
        "days": report.days if report else 0,
        "values": report.values if report else 0,
        "stored": found.stored if found else 0,
        "replaced": found.replaced if found else 0,
        "unchanged": found.unchanged if found else 0,
        "total_kwh": {channel: wh / 1000 for channel, wh in report.total_wh.items()} if report else {},
        "warnings": [sentence(notice) for notice in (*report.warnings, *report.refused)] if report else [],
        "errors": errors,
    }


def sentence(notice: Notice) -> str:
    """`member, line 12: what is wrong`, in English as all of the command line."""
    words = text(f"import.{notice.code}", "en", **notice.params)
    count = notice.params.get("count", 1)
    place = ", ".join(filter(None, (notice.member, f"line {notice.line}" if notice.line else "")))
    times = f" ({count} times)" if isinstance(count, int) and count > 1 and "{count}" not in _raw(notice) else ""
    return (f"{place}: " if place else "") + words + times


def _raw(notice: Notice) -> str:
    return text(f"import.{notice.code}", "en")


def _print(shown: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(shown, ensure_ascii=False), flush=True)
        return
    for key, value in shown.items():
        if isinstance(value, dict):
            value = "  ".join(f"{channel} {kwh:.3f}" for channel, kwh in value.items()) or "—"
        if isinstance(value, list):
            for line in value:
                print(f"  {key[:-1]}: {line}", file=sys.stderr if key == "errors" else sys.stdout)
        else:
            print(f"{'' if key == 'file' else '  '}{key}: {value}")
