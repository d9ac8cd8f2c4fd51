"""`./run sign KEYFILE`: signs standard input as NCALayer does, for people with curl."""

import argparse
import os
import sys
from pathlib import Path

from stack.layout import Layout


def main(arguments: list[str]) -> int:
    """Become the authority stub's command line; the signature (CMS, detached, DER) goes to standard output."""
    parser = argparse.ArgumentParser(prog="./run sign", description="Signs standard input; the CMS goes to output.")
    parser.add_argument(
        "key",
        metavar="KEYFILE",
        help="a demo person's key (.data/demo/adult.pem), or a test authority's PKCS #12 (password in P12_PASSWORD)",
    )
    parser.add_argument("--stamp", action="store_true", help="add a time stamp of the authority's stub")
    parser.add_argument("--base64", action="store_true", help="write base64, as NCALayer does")
    parser.add_argument("--data", type=Path, default=Layout().root, help="where data are kept (.data)")
    asked = parser.parse_args(arguments)
    command = [sys.executable, "-P", "-m", "nca_stub", "--folder", str(Layout(asked.data).authority), "sign"]
    command += ["--key", asked.key]
    command += [option for option, wanted in (("--base64", asked.base64), ("--stamp", asked.stamp)) if wanted]
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted.
