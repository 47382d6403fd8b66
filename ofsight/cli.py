"""What did the user ask for on the command line, and how do we answer when it cannot be done?

Exit codes: 0 all well, 1 finished but some inputs were rejected, 2 wrong usage or nothing could be done,
130 and 143 when interrupted. Standard output is data, standard error is talk.
"""

import gc
import io
import os
import sys
from typing import Any, Final

from ofsight.commands import COMMANDS
from ofsight.version import __version__

_EXAMPLES: Final = """\
Examples:
  ofsight run reports/ --store ofsight.db
  ofsight show Leeds
  ofsight compare Leeds Bradford --out comparison.html
"""
# New objects before Python looks for rings of unused ones: what is loaded at the start would be gone through
# again and again.
_COLLECT_AFTER: Final = 100_000
_DEBUG: Final = "OFSIGHT_DEBUG"
_DAMAGED: Final = ("malformed", "not a database", "decode")  # what SQLite says of a file that was harmed


def main() -> None:
    """Run the command line and end the process with its exit code."""
    # One thread for each worker's matrices: more only wait for one another, and round in another order.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    gc.set_threshold(_COLLECT_AFTER)
    _write_utf8()
    sys.exit(run_command(sys.argv[1:]))


def _write_utf8() -> None:
    """Give files and pipes UTF-8 on every system; an old terminal shows a ? for a letter that it lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")


def run_command(arguments: list[str]) -> int:
    """Do what the arguments ask for and return the exit code; errors become one line."""
    if "--debug" in arguments:
        arguments = [argument for argument in arguments if argument != "--debug"]
        os.environ[_DEBUG] = "1"
    if "_OFSIGHT_COMPLETE" not in os.environ:
        if not arguments or arguments in (["--help"], ["-h"]):
            print(help_text())
            return 0 if arguments else 2
        if arguments == ["--version"]:
            print(f"ofsight {__version__}")
            return 0
    try:
        return _dispatch(arguments)
    except KeyboardInterrupt:
        return _say("stopped", 130)
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if debugging():
            raise
        return _say(_explain(error), 2)


def debugging() -> bool:
    """Whether the user wants to see where an error comes from."""
    return bool(os.environ.get(_DEBUG))


def help_text() -> str:
    """The commands in their groups."""
    size = max(len(entry.name) for entry in COMMANDS)
    lines = [
        "Usage: ofsight COMMAND ...",
        "",
        "  Reads Ofsted's inspection reports of children's services: what they find,",
        "  about what, on what evidence; and puts local authorities side by side.",
        "  Unofficial.",
    ]
    for group in dict.fromkeys(entry.group for entry in COMMANDS):
        lines += ["", f"{group}:"]
        lines += [f"  {entry.name.ljust(size)}  {entry.does}" for entry in COMMANDS if entry.group == group]
    lines += [
        "",
        "Options:",
        "  --help                Show this, or the help of a command: ofsight run --help",
        "  --version             Show the version",
        "  --debug               Show where an error comes from",
        "  --install-completion  Complete commands in your shell with the tab key",
        "",
        _EXAMPLES.rstrip(),
    ]
    return "\n".join(lines)


def _dispatch(arguments: list[str]) -> int:
    """Hand over to Typer, which takes its time to import."""
    from ofsight.group import build, usage_error

    try:
        result: Any = build()(arguments, prog_name="ofsight", standalone_mode=False)
    except usage_error() as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "ofsight"
        if context and type(error).__name__ == "NoArgsIsHelpError":
            print(context.get_help())
            return 2
        words: str = error.format_message()  # type: ignore[attr-defined]
        if "unexpected extra" in words:
            words = f"{words.rstrip('.')}; put a name of several words in quotation marks."
        said = words if words.endswith("?") else f"{words.rstrip('.')}."
        return _say(f"{said} See: {path} --help", 2, path)
    except SystemExit as end:  # Typer's answer to a pipe that nobody reads any more
        if isinstance(end.__context__, BrokenPipeError):
            raise end.__context__ from None
        raise
    sys.stdout.flush()
    return result if isinstance(result, int) else 0


def _explain(error: Exception) -> str:
    """One line for a person, whatever it was."""
    import sqlite3

    from corpus.errors import OfsightError

    if isinstance(error, OfsightError):
        text = str(error)
    elif isinstance(error, sqlite3.DatabaseError) and any(word in str(error) for word in _DAMAGED):
        text = f"the store is damaged ({error}). Make a new one: ofsight run REPORTS --store NEW"
    elif isinstance(error, OSError) and error.filename is not None:
        text = f"{error.strerror}: {os.fsdecode(error.filename)}"
    elif isinstance(error, ValueError | OSError):
        text = str(error)
    else:
        text = f"an error of ofsight itself ({type(error).__name__}: {error}). See where with --debug."
    return " ".join(text.split())


def _say(text: str, code: int, prefix: str = "ofsight") -> int:
    from ofsight.terminal import clean

    print(f"{prefix}: {clean(text)}", file=sys.stderr)
    return code
