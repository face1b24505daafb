"""The `guanhu` command."""


def main() -> None:
    """Run the command line."""
