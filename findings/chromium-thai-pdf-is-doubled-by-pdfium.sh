#!/usr/bin/env bash
# A Chromium of PATH prints Thai to PDF; PDFium (pypdfium2 5.15.2), which is the reader inside Chrome, and MuPDF (PyMuPDF 2.0)
# read it. The font is Noto Sans Thai (@fontsource/noto-sans-thai 5.3.0), so no font of the machine plays a part.
#
# Expected: the writer and the reader of one house agree, and PDFium reads every word as it was typed.
# Seen: MuPDF does. PDFium says syllables with a tone or a vowel above twice and puts spaces into words: "help" (chuai duai)
#   comes back as chua-chua yadua-dua ya, "police" as two words, more than half of twenty everyday words wrong. What stands in
#   the file is right: Chromium writes it as /ActualText around the glyphs.
# Means: who keeps a Thai page or letter as PDF cannot trust search or copy of a reader built on PDFium, and should copy from
#   the page. A test that reads the text of printed pages reads Thai with something else.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check playwright==1.65.2 pypdfium2==5.15.2 pymupdf==2.0
npm install --silent --no-progress --no-audit --no-fund @fontsource/noto-sans-thai@5.3.0
venv/bin/python - <<'PY'
import base64
import shutil
from pathlib import Path

import pymupdf
import pypdfium2
from playwright.sync_api import sync_playwright

WORDS = (
    "ช่วยด้วย ตำรวจ ทำงาน ผู้หญิง นายจ้าง ค่าเช่า ร้องเรียน ข้อมูล ป่วย ห้า "
    "ปรึกษา ไม่ต้อง ข้าว ปีใหม่ ฟ้อง หญิง น้ำ ที่อยู่ คำ ค่า"
).split()
FONT = Path("node_modules/@fontsource/noto-sans-thai/files/noto-sans-thai-thai-400-normal.woff2")
octets = base64.b64encode(FONT.read_bytes()).decode()
page_of_words = f"""<!doctype html><html lang=th><meta charset=utf-8><style>
@font-face {{ font-family: noto; src: url(data:font/woff2;base64,{octets}) }} p {{ font: 20px noto; margin: 0 }}
</style>{"".join(f"<p>{word}" for word in WORDS)}"""
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    print("Chromium", browser.version)
    page = browser.new_page()
    page.set_content(page_of_words)
    page.evaluate("document.fonts.ready.then(() => true)")
    pdf = page.pdf()
    browser.close()

with pypdfium2.PdfDocument(pdf) as document:
    pdfium = document[0].get_textpage().get_text_range().splitlines()
mupdf = pymupdf.open(stream=pdf)[0].get_text().splitlines()
print("PDFium", pypdfium2.version.PDFIUM_INFO, "and MuPDF", pymupdf.pymupdf_version)
read = {name: [line.strip() for line in lines] for name, lines in (("PDFium", pdfium), ("MuPDF", mupdf))}
for word, *said in zip(WORDS, read["PDFium"], read["MuPDF"], strict=True):
    print(word, "| PDFium:", said[0], "| MuPDF:", said[1])
assert read["MuPDF"] == list(WORDS), read["MuPDF"]
wrong = sum(word != said for word, said in zip(WORDS, read["PDFium"], strict=True))
print(f"PDFium reads {wrong} of {len(WORDS)} words otherwise than they were typed")
assert wrong > len(WORDS) / 2
assert read["PDFium"][0] != WORDS[0] and len(read["PDFium"][0]) > len(WORDS[0])
assert read["PDFium"][1].split() == ["ตำ", "รวจ"], read["PDFium"][1]
PY
echo "as described"
