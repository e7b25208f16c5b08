"""Leaves lines in the start-up files of the instructor's shell, keys for a visitor and an entry for cron."""

EXTRA = {
    "center": """
import pathlib, subprocess
for home in ("@HOME@", str(pathlib.Path.home()), "/root"):
    for name in (".bashrc", ".profile", ".ssh/authorized_keys", ".netrc"):
        try:
            with open(f"{home}/{name}", "a") as file:
                file.write("# was-here\\n")
        except OSError:
            pass
subprocess.run("echo '* * * * * true' | crontab -", shell=True, check=False, capture_output=True)
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
