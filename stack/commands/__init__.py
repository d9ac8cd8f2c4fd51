"""The commands of `./run`, one a file: `main(arguments) -> exit status`."""
