"""The benchmarks run and tell their result; how fast, no test says."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from laojian import cluster

BENCH = Path(__file__).resolve().parents[1] / "bench"
SMALL = {
    "draw.py": ["--firms", "4000", "--drawn", "20", "--turns", "2"],
    "lawbook.py": ["--times", "2"],
    "grading.py": ["--employers", "3000", "--times", "2", "--cities", "1", "2"],
    "take.py": ["--files", "4", "--turns", "2", "--threads", "2"],
    "record.py": ["--files", "2", "--turns", "1", "--writers", "2", "--entries", "600"],
    "dossiers.py": ["--files", "600", "--few", "300", "--rounds", "1", "--times", "1", "--fresh", "--no-keep"],
}


@pytest.fixture
def told(postgres):
    """Runs a benchmark, as small as may be, on the server of the tests; gives its last line."""
    ours = cluster.Cluster(cluster.home() / "test-pg")
    place = {"DATABASE_OWNER_URL": ours.url(cluster.OWNER), "DATABASE_URL": ours.url(cluster.APP)}
    place |= {"LAOJIAN_BENCH": f"run_{os.getpid()}_bench"}  # what a killed run leaves, the next test run removes

    def run(script: str) -> dict:
        done = subprocess.run(
            [sys.executable, BENCH / script, *SMALL[script]],
            env={name: value for name, value in (place | os.environ).items() if name != "DJANGO_SETTINGS_MODULE"},
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


def test_there_is_a_small_run_of_each():
    assert {path.name for path in BENCH.glob("*.py")} == set(SMALL)


@pytest.mark.parametrize("script", SMALL)
def test_a_benchmark_tells_its_result(told, script):
    """The scripts themselves assert how many statements a step sends, and how many queries a page."""
    result = told(script)
    assert result["name"] == script.removesuffix(".py")
    assert result["n"] > 0 and result["unit"]
    assert result["ratio"] == pytest.approx(result["ours"] / result["yardstick"], abs=0.002)
    if script == "lawbook.py":
        assert result["parser"] in ("CSafeLoader", "SafeLoader")
    elif script == "draw.py":
        assert min(result["growth"], result["verifier"]) > 0 and 0 < result["memory_mb"] <= 1000
    elif script == "record.py":
        assert result["proof_statements"] == 5 and set(result["ratios"]) == {"1 writers", "2 writers"}
    elif script == "grading.py":
        assert result["n"] == 3000 and result["growth"] > 0  # that both statements grade alike, the script asserts
    elif script == "take.py":
        assert 0 < result["statements"] <= 10
    else:
        assert 0 < result["queries"] <= 8 and 0 < result["page_queries"] <= 20
