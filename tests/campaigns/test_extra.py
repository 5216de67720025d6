"""Without the extra, campaigns say what to install."""

from __future__ import annotations

import subprocess
import sys


def test_without_phonenumbers_the_error_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['phonenumbers'] = None\n"
        "import scgapi.campaigns\n"
        "try:\n    scgapi.campaigns.Recipients\n"
        "except ImportError as error:\n    print(error)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == 'campaigns need phonenumbers: pip install "scgapi[campaign]"\n'
