"""Files of tables."""

import pytest

from newsspider.tables.file import Table, TableError, read_table


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a = " + b"[" * 5000, "not a TOML file"),
        (b"a = " + b"9" * 5000, "not a TOML file"),
        (b"a = \xff", "not a TOML file"),
        (b"a", "not a TOML file"),
        (None, "can't be read: Is a directory"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_line(tmp_path, content, reason):
    """Tables too deep, numbers too long, binary files and folders are named, with the reason."""
    path = tmp_path / "a.toml"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(TableError) as told:
        read_table(path, Table, "site file")
    assert str(told.value).startswith(f"{path}: {reason}")
    assert len(told.value.problems) == len(str(told.value).splitlines()) == 1
