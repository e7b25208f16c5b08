"""A folder name a student that is a pattern, an option, a terminal command, a formula or no text at all."""

import zipfile

REFUSED = "odd characters"


def pack(path, notebook):
    names = (
        "*",
        "[a-z]*",
        "-rf",
        "..",
        " ",
        "a b",
        "a\nb",
        "\x1b[2J",
        "=1+1",
        "{0}",
        "$(id)",
        "`id`",
        "\u202eada",
        "a'--",
        "con:",
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(f"{name}/target.ipynb", notebook)
