"""The same expression on Spark gives the same grades; skipped where the extra `spark` is not installed."""

from datetime import date
from random import Random

import pytest

from laojian.credit.grading import statement
from laojian.credit.schemes import schemes

from .registers import by_chance
from .test_grading import run

sql = pytest.importorskip("pyspark.sql")


def test_spark_and_duckdb_agree():
    rows, on = by_chance(Random(9), 200), date(2021, 3, 1)
    spark = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    spark.range(1, 201).createOrReplaceTempView("graded_employers")
    kept = [(key, fact.case, fact.kind, fact.on, fact.ended, fact.reversed) for key, fact in rows]
    names = "employer bigint, `case` bigint, kind string, `on` date, ended date, reversed date"
    spark.createDataFrame(kept, names).createOrReplaceTempView("graded_facts")
    for scheme in schemes().values():
        found = {key: (letter, rule) for key, letter, rule in spark.sql(statement(scheme, on, "pyspark")).collect()}
        assert found == run(rows, 200, scheme, on)
    spark.stop()
