"""Market: the rules and the state of the sandbox, a module for each noun."""
