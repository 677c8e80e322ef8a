"""What the detector finds in texts without a roster, one JSON line a text: {"id": ..., "spans": [[start, end], ...]}.

python bench/names.py FILE.jsonl      (each line {"id": ..., "text": ...})
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from assistant.privacy import identify
from assistant.privacy.known import Known

NAMES = ("person", "unknown-name", "organisation", "contact")


def main() -> int:
    nobody = Known([])
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            found = [[s.start, s.end] for s in identify.spans(row["text"], nobody) if s.kind in NAMES]
            print(json.dumps({"id": row["id"], "spans": found}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
