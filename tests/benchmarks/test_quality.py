"""The comparison of systems, run as from the command line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks import quality

TEXT = (
    "The harbour of Wexmoor will close to freighters for six weeks, the port office said on Tuesday.",
    "About forty ships a week call at the town, most of them with timber from the north of the country.",
    "The council meets on Friday, and a vote on a fund for the smaller firms of the quay is expected then.",
)
PAGE = (
    '<html><head><title>Harbour to close</title></head><body><nav><a href="/">Home</a></nav>'
    f"<article><h1>Harbour to close</h1>{''.join(f'<p>{text}</p>' for text in TEXT)}</article></body></html>"
)


def test_a_clone_of_the_public_benchmark_is_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The public form gives a table and JSON with the measures that it has gold for, and no others."""
    truth = {"f00": {"articleBody": "\n".join(TEXT), "url": "https://news.example.com/harbour"}}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth), "utf-8")
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "f00.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    report = tmp_path / "report.json"

    quality.main([str(tmp_path), "--systems", "newsspider,newsspider-raw", "--json", str(report)])

    assert "shingle_f1" in capsys.readouterr().out
    measures = json.loads(report.read_text("utf-8"))[tmp_path.name]["newsspider"]["measures"]
    assert measures["shingle_f1"]["mean"] == pytest.approx(1.0)
    assert measures["body_exact"]["mean"] == 1.0
    assert "headline" not in measures
