"""Before the suite: is there a browser, and the servers? `python -m tests.preparation`; 1 with what to install."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.servers import postgres_bin

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser() -> str | None:
    """Path of an installed Chromium or Chrome."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def missing() -> list[str]:
    """Debian packages that the suite wants and this machine lacks."""
    lacks = {
        "chromium": not browser(),
        "postgresql": not postgres_bin(),
        "redis-server": not shutil.which("redis-server"),
    }
    return [package for package, absent in lacks.items() if absent]


def main() -> int:
    """Install with apt-get when root, else say what to install; only the browser is indispensable."""
    packages = missing()
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"→ Installing {', '.join(packages)} with apt-get", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=False, env=quiet
        )
        packages = missing()
    if packages:
        print(f"Not installed: {', '.join(packages)} (Debian's names). Their tests will say so.", file=sys.stderr)
    if "chromium" in packages or (packages and os.environ.get("CI")):
        print("Install them with your package manager and start again.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
