"""`python -m studytool` is the same as `studytool`."""

from studytool.cli import main

if __name__ == "__main__":
    main()
