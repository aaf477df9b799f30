"""freelancer_tui: a terminal workspace for freelancers, offline first.

The floors, each of which may know only those below it:

    cli            headless commands; starts the TUI, or the sandbox
    tui            app > screens > widgets > format
    workspace      builds every long-lived object
    services       the user's verbs     sync  the engine     marketplaces  one adapter each
    store          tables with their queries     documents, settings, credentials, wording
    domain         values and pure functions
    errors, i18n

`sandbox` stands apart: a marketplace of our own for the demo and the tests.
"""

__version__ = "0.1.0"
