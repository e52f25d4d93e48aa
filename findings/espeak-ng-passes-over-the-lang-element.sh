#!/usr/bin/env bash
# espeak-ng 1.52.0 (as espeakng-loader 0.2.4 carries it): words of another language inside a sentence, in SSML.
#
# Expected: `<lang xml:lang="nl">` of SSML 1.1, which is made for that, has the words spoken as Dutch: [ɣ] begins "goede".
# Seen: the element is passed over without a word, and the words are spoken as English; `<voice xml:lang="nl">`, of SSML 1.0,
#   changes the voice, and the words are Dutch.
# Means: a text of two languages that is marked as the standard says is read wrong, and nothing tells so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check espeakng-loader==0.2.4
"$folder/venv/bin/python" - "$folder/said" <<'PY'
import ctypes
import sys

import espeakng_loader

SSML, IPA, SYNCHRONOUS = 0x10 | 1, 2, 2  # the text is UTF-8 with marks; trace as IPA; no sound is played
speaks = ctypes.CDLL(espeakng_loader.get_library_path())
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
speaks.espeak_Info.restype = ctypes.c_char_p
speaks.espeak_SetPhonemeTrace.argtypes = [ctypes.c_int, ctypes.c_void_p]
assert speaks.espeak_Initialize(SYNCHRONOUS, 0, str(espeakng_loader.get_data_path()).encode(), 0) > 0
nothing = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(lambda *_: 0)
speaks.espeak_SetSynthCallback(nothing)
where = ctypes.c_void_p()
print("espeak-ng", speaks.espeak_Info(ctypes.byref(where)).decode())


def said(marked: str) -> str:
    """How a sentence sounds that an English voice begins."""
    assert speaks.espeak_SetVoiceByName(b"en") == 0
    file = libc.fopen(sys.argv[1].encode(), b"w")
    speaks.espeak_SetPhonemeTrace(IPA, file)
    text = f"<speak>Say: {marked} now.</speak>".encode()
    assert speaks.espeak_Synth(text, len(text) + 1, 0, 0, 0, SSML, None, None) == 0
    speaks.espeak_Synchronize()
    libc.fclose(ctypes.c_void_p(file))
    return " ".join(open(sys.argv[1], encoding="utf-8").read().split())


by_lang = said('<lang xml:lang="nl">goede morgen</lang>')
by_voice = said('<voice xml:lang="nl">goede morgen</voice>')
print(f"lang: {by_lang}\nvoice: {by_voice}")
assert "ɣ" in by_voice, "<voice xml:lang> does not speak Dutch now"
assert "ɣ" not in by_lang, "<lang xml:lang> speaks Dutch now"
PY
echo "as described"
