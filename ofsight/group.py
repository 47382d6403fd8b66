"""How does Typer find a command without importing all of them?"""

from difflib import get_close_matches
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from ofsight.commands import COMMANDS
from ofsight.options import PlainCommand

_ENTRIES = {entry.name: entry for entry in COMMANDS}


class LazyGroup(TyperGroup):
    """The commands of the table, each imported when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names in the order of the table."""
        del ctx
        return list(_ENTRIES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command with this name, or None."""
        del ctx
        return load_command(cmd_name) if cmd_name in _ENTRIES else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first word names, or an error with the one that is nearest."""
        near = get_close_matches(args[0], _ENTRIES, n=1)
        if near and args[0] not in _ENTRIES:
            ctx.fail(f"No such command '{args[0]}'. Did you mean {near[0]}?")
        return super().resolve_command(ctx, args)


def build() -> Any:
    """The whole command line as Typer's object."""
    app = typer.Typer(cls=LazyGroup, name="ofsight", rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback()(_root)
    return typer.main.get_command(app)


def load_command(name: str) -> Any:
    """Import one command's module and make Typer's object of it."""
    module = import_module(_ENTRIES[name].module)
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(rich_markup_mode=None, add_completion=False)
        app.command(name, cls=PlainCommand)(getattr(module, name))
    command = typer.main.get_command(app)
    command.name = name
    return command


def usage_error() -> type[Exception]:
    """The class of errors that are the user's wrong usage; Typer carries it under a private name."""
    bases = {base.__name__: base for base in typer.BadParameter.__mro__}
    found: type[Exception] = bases["ClickException"]
    return found


def _root() -> None:
    """Reads Ofsted's inspection reports of children's services."""
