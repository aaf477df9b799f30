"""The work file: what the user made. It is backed up and never rebuilt."""
