"""The command line, thin: parse, call, print. Each command is a module, imported when it is called."""
