"""`python -m reader` and the console script."""

from reader.cli import main

if __name__ == "__main__":
    main()
