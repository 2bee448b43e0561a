#!/usr/bin/env python3
"""Runs other tools on a labelled heap, and writes the pairs that they propose.

    peers.py FOLDER [TOOL…]

Each tool's pairs go to FOLDER.TOOL.tsv, for `dumps score FOLDER.tsv FOLDER.TOOL.tsv`. Tools that
are not installed are left out, and told.

MinHash as it is used for dumps: sets of 5 characters, white space apart, 128 permutations, banded
for a Jaccard similarity of 0.5 or more. The texts are decoded and their markup is left in, as
these tools do not read it.
"""

import importlib.util
import itertools
import json
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PERMUTATIONS = 128
THRESHOLD = 0.5
# Of those that divide the permutations the nearest to the threshold: (1 / 32) ** (1 / 4) is 0.42.
BANDS = 32
SHINGLE = 5


def documents(folder):
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file():
            yield str(path), decoded(path.read_bytes())


def decoded(source):
    if source[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return source.decode("utf-16", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return source.decode(encoding)
        except UnicodeDecodeError:
            pass
    return source.decode("latin-1")


def shingles(text):
    text = "".join(text.split())
    return {text[at : at + SHINGLE] for at in range(max(1, len(text) - SHINGLE + 1))}


def datasketch(folder):
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    for path, text in documents(folder):
        minhash = MinHash(num_perm=PERMUTATIONS)
        minhash.update_batch([shingle.encode() for shingle in shingles(text)])
        yield from ((other, path) for other in index.query(minhash))
        index.insert(path, minhash)


def rensa(folder):
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    paths = []
    for path, text in documents(folder):
        minhash = RMinHash(num_perm=PERMUTATIONS, seed=1)
        minhash.update(list(shingles(text)))
        yield from ((paths[other], path) for other in index.query(minhash))
        index.insert(len(paths), minhash)
        paths.append(path)


def text_dedup(folder):
    """Tells clusters, so that the pairs are all within each. Its n-grams are of words; with a
    space after each character they are of characters."""
    if not importlib.util.find_spec("text_dedup"):
        raise ImportError("text_dedup")
    with tempfile.TemporaryDirectory() as scratch:
        paths, lines = [], Path(scratch, "heap.jsonl")
        with open(lines, "w", encoding="utf-8") as out:
            for number, (path, text) in enumerate(documents(folder)):
                paths.append(path)
                record = {"id": number, "text": " ".join("".join(text.split()))}
                out.write(json.dumps(record) + "\n")
        command = [sys.executable, "-m", "text_dedup.minhash", "--path", "json"]
        command += ["--data_files", str(lines), "--split", "train", "--cache_dir", scratch]
        command += ["--output", str(Path(scratch, "out")), "--column", "text", "--debug"]
        command += ["--idx_column", "id", "--ngram", str(SHINGLE)]
        command += ["--num_perm", str(PERMUTATIONS), "--threshold", str(THRESHOLD)]
        subprocess.run(command, check=True, capture_output=True)
        with open(Path(scratch, "out", "uf.pkl"), "rb") as clusters:
            union = pickle.load(clusters)
        clusters = {}
        for number in sorted(union.parent):
            clusters.setdefault(union.find(number), []).append(paths[number])
        for cluster in clusters.values():
            yield from itertools.combinations(sorted(cluster), 2)


def fclones(folder):
    if not shutil.which("fclones"):
        raise ImportError("fclones")
    command = ["fclones", "group", "--format", "json", "--hidden", folder]
    found = subprocess.run(command, check=True, capture_output=True)
    for group in json.loads(found.stdout)["groups"]:
        yield from itertools.combinations(sorted(group["files"]), 2)


TOOLS = {
    "datasketch": datasketch,
    "rensa": rensa,
    "text-dedup": text_dedup,
    "fclones": fclones,
}


def main(folder, *wanted):
    folder = folder.rstrip("/")
    for name in wanted or TOOLS:
        began = time.monotonic()
        try:
            pairs = set(TOOLS[name](folder))
        except ImportError:
            print(f"{name}: not installed, left out")
            continue
        seconds = time.monotonic() - began
        with open(f"{folder}.{name}.tsv", "w", encoding="utf-8") as table:
            table.writelines(f"{one}\t{two}\n" for one, two in sorted(pairs))
        print(f"{name}: {len(pairs)} pairs in {seconds:.1f} s")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
