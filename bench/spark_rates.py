#!/usr/bin/env python3
"""Stories a second on Spark, with one worker process and with two, in the same run.

usage: .cache/python/bin/python bench/spark_rates.py [--stories 6000]      (after ./run check-slow, or with pyspark in .cache/python)
"""
import argparse
import os
import sys
import time
from pathlib import Path

from pyspark.sql import SparkSession

from dragoman import spark as dragoman_spark

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python" / "tests"))
from stories import stories  # noqa: E402


def rate(workers, texts):
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master(f"local-cluster[{workers},1,2048]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")

    def read(rows):
        frame = session.createDataFrame([(text,) for text in rows], "text string").repartition(8)
        return dragoman_spark.read(frame, text="text", persist=False).readings.count()

    read(texts[:16])  # workers and their engines are there
    begin = time.perf_counter()
    assert read(texts) == len(texts)
    took = time.perf_counter() - begin
    session.stop()
    return len(texts) / took


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=6000)
    texts = [story["text"] for story in stories(parser.parse_args().stories)]
    one, two = rate(1, texts), rate(2, texts)
    print(f"one worker {one:.0f} stories/s, two workers {two:.0f}: {two / one:.2f} times one")


if __name__ == "__main__":
    main()
