"""`python -m sessionlog_core`: the command line."""

import sys

from sessionlog_core.cli import main

sys.exit(main())
