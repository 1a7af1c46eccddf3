"""The command `dragoman`: the program that is shipped beside this file. It finds the model in the package, as the library does."""

import os
import sys
from pathlib import Path

PROGRAM = Path(__file__).parent / "bin" / "dragoman"


def main() -> None:
    try:
        os.execv(PROGRAM, ["dragoman", *sys.argv[1:]])
    except OSError as error:
        sys.exit(f"dragoman: {PROGRAM}: {error.strerror}; install the package again")
