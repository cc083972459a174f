"""Build steps: own host and port for the websocket, the language without a round trip, one style sheet and one script.

Reflex bakes `ws://localhost:<port of the build>` into the bundle and keeps that port on http. One build must serve any
port, any proxy and the tests' free ports, so the generated client takes host and port from the page's address.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex.utils.prerequisites import get_web_dir
from reflex_base.constants import Dirs

from energo_cabinet import joined_assets
from energo_cabinet.i18n import ui
from energo_cabinet.serving import page_texts

BAKED = "endpoint.hostname = frontend_hostname;"

PAGE_JS = """\
import { useSyncExternalStore } from "react";
import { useLocation } from "react-router";

// The page is prerendered in Russian and without a query; React hydrates with that and switches at once to what the
// browser knows. The cookie changes only together with a reload (assets/js/language.js): nothing to subscribe to.
const subscribe = () => {
  document.documentElement.classList.remove("translating"); // the words are in: language.js had hidden the page
  return () => {};
};
const chosen = () => (/(?:^|; )lang=en(?:;|$)/.test(document.cookie) ? "en" : "ru");

export function useLanguage() {
  return useSyncExternalStore(subscribe, chosen, () => "ru");
}

export function useQuery(name) {
  const isLive = useSyncExternalStore(subscribe, () => true, () => false);
  const { search } = useLocation();
  return isLive ? (new URLSearchParams(search).get(name) ?? "").slice(0, 500) : "";
}
"""

PHONE_JS = """\
import { createElement, useEffect, useRef } from "react";

// The code in a scanned address stands behind its #, which browsers send to nobody; it leaves the address at once.
export function LinkCode({ onCode }) {
  useEffect(() => {
    const take = () => {
      const code = new URLSearchParams(location.hash.slice(1)).get("c") ?? "";
      if (code) history.replaceState(history.state, "", location.pathname + location.search);
      onCode(code.slice(0, 100));
    };
    take();
    addEventListener("hashchange", take);
    return () => removeEventListener("hashchange", take);
  }, []);
  return null;
}

const PROBLEMS = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "absent" };

// The camera's picture; onCode gets each text it sees once, onProblem why there is no picture. The reader
// (BarcodeDetector where the browser has it, a worker elsewhere) is loaded when the camera is opened, not before.
export function Scanner({ onCode, onProblem, label }) {
  const video = useRef(null);
  useEffect(() => {
    let scanner = null, stream = null, seen = "", isOver = false;
    const stop = () => {
      isOver = true;
      scanner?.destroy();
      stream?.getTracks().forEach((track) => track.stop());
    };
    const open = async () => {
      if (!navigator.mediaDevices?.getUserMedia) return onProblem("absent");
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        const { default: QrScanner } = await import("qr-scanner");
        if (isOver) return stop();
        video.current.srcObject = stream;
        const take = ({ data }) => {
          if (isOver || data === seen) return;
          seen = data;
          onCode(data.slice(0, 500));
        };
        scanner = new QrScanner(video.current, take, { returnDetailedScanResult: true, maxScansPerSecond: 10 });
        await scanner.start();
      } catch (error) {
        if (!isOver) onProblem(PROBLEMS[error?.name] ?? "busy");
      }
    };
    open();
    return stop;
  }, []);
  return createElement("video", { ref: video, muted: true, playsInline: true, "aria-label": label });
}
"""


class SameOriginPlugin(rx.plugins.Plugin):
    """Patch the generated `utils/state.js` (fails the build if the line is gone); add `utils/page.js`."""

    def pre_compile(self, **context: Any) -> None:
        """Register the patch and the file."""
        context["add_modify_task"]("utils/state.js", _own_port)
        context["add_save_task"](_page_module)
        context["add_save_task"](_phone_module)

    def post_build(self, **context: Any) -> None:
        """Leave beside the built pages which texts were compiled into them (serving/page_texts.py)."""
        page_texts.note(context["static_dir"].parent, ui.marks)


class JoinedAssetsPlugin(rx.plugins.Plugin):
    """Write /cabinet.css and /cabinet.js from their sources, and take the sources out of what is served.

    What `rx.App(stylesheets=…)` names must lie in assets/; what a plugin names need not: nothing dirties the checkout.
    """

    def get_stylesheet_paths(self, **_context: Any) -> Sequence[str]:
        """The style sheet that Vite bundles into the pages."""
        return ["./cabinet.css"]

    def pre_compile(self, **context: Any) -> None:
        """Register the files; Reflex has copied assets/ by now."""
        context["add_save_task"](_without_sources)
        context["add_save_task"](_joined)


def _without_sources() -> None:
    for folder in joined_assets.SOURCES:
        shutil.rmtree(get_web_dir() / Dirs.PUBLIC / folder, ignore_errors=True)


def _joined() -> list[tuple[str, str]]:
    style = joined_assets.cabinet_css()
    return [
        (f"{Dirs.STYLES}/cabinet.css", style),
        (f"{Dirs.PUBLIC}/cabinet.css", style),
        (f"{Dirs.PUBLIC}/cabinet.js", joined_assets.cabinet_js()),
    ]


def _page_module() -> tuple[str, str]:
    return "utils/page.js", PAGE_JS


def _phone_module() -> tuple[str, str]:
    return "utils/phone.js", PHONE_JS


def _own_port(source: str) -> str:
    if "endpoint.port = window.location.port;" in source:
        return source
    if BAKED not in source:
        raise RuntimeError("utils/state.js of this Reflex version has no line to patch: review frontend_plugin.py")
    return source.replace(BAKED, BAKED + "\n    endpoint.port = window.location.port;")
