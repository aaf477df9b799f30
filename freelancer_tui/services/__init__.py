"""Services: the verbs of the user, shared by the screens and the command line."""
