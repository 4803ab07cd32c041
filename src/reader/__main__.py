"""`python -m reader` and the console script."""

import gc


def main() -> None:
    """Run the command line.

    What is imported at a start stays, so that there is no garbage in it: the collector, which would look it through a
    dozen times, rests until the command turns it on again (`cli`; the screen does when its first page stands).
    """
    gc.disable()
    from reader.cli.start import main as run

    run()


if __name__ == "__main__":
    main()
