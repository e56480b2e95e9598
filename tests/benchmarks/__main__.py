"""All benchmarks, or those named, one after the other, as one table of ratios.

Each runs in a process of its own, so that none pays for what another loaded. Exits with 1 where a ratio is over its goal (with
--quick, over twice its goal) or a benchmark broke off.

    python tests/benchmarks [--quick] [--json FILE] [NAME…]
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from measure import HEADING, Measure, decode, encode, failed, options

_FOLDER = Path(__file__).parent
_NAMES = sorted(path.stem.removeprefix("bench_") for path in _FOLDER.glob("bench_*.py"))


def main() -> int:
    parser = options(__doc__ or "")
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"of {', '.join(_NAMES)}")
    asked = parser.parse_args()
    if unknown := sorted(set(asked.names) - set(_NAMES)):
        parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(_NAMES)}")
    done: list[Measure] = []
    broken = 0
    print(HEADING, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.names or _NAMES:
            found = Path(folder) / f"{name}.json"
            command = [sys.executable, str(_FOLDER / f"bench_{name}.py"), "--json", str(found), *["--quick"] * asked.quick]
            subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
            if not found.exists():  # it told why on stderr
                print(f"{name}: broke off", flush=True)
                broken += 1
                continue
            measures = decode(found.read_bytes())
            for one in measures:
                print(one.line(), flush=True)
            done += measures
            if asked.json:
                asked.json.write_bytes(encode(done, asked.quick))
    return int(failed(done, asked.quick) + broken > 0)


if __name__ == "__main__":
    sys.exit(main())
