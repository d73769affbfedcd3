"""`python -m demo.words`: the words of the PDF on standard input, as a reader that is not ours finds them, on one line."""

import re
import sys
from io import BytesIO

from pypdf import PdfReader


def words(pdf: bytes) -> str:
    """All that stands in the paper; where lines break is the typesetter's business."""
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", text.replace("\u200b\n", "").replace("\u200b", ""))


if __name__ == "__main__":
    print(words(sys.stdin.buffer.read()))
