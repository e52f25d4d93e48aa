"""A voice (step 1): marked text (SSML) in, sound as MP3 out, the same bytes each time.

espeak-ng speaks and LAME packs, both of versions that pip brings; no machine's own voice is asked. They come with a
release and with `make sound`, never with a build while somebody writes. Each text has a process of its own: the voice
keeps something of what it said before, and the next text would have other bytes. It knows no page.
"""

import ctypes
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from overrides.words.errors import SiteError

GET = "type: make sound"
_ROOT = Path(__file__).parents[2]
_PACKAGES = ("espeakng_loader", "lameenc")
HERTZ = 22_050  # samples of 16 bits in a second, as the voice makes them
KBITS = 16  # a second of MP3: 2,000 bytes; a voice of this kind sounds no better with more
_WORDS_A_MINUTE = (
    170  # a little slower than its usual 175, so that somebody who half knows the language keeps up
)
# Of espeak-ng's speak_lib.h: samples come back while it is asked; UTF-8; marks are read; a pause at the end.
_SYNCHRONOUS, _RATE, _FLAGS = 2, 1, 0x1 | 0x10 | 0x1000
_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


def lacks() -> list[str]:
    """Names of packages that are not installed, without which there is no sound."""
    return [name for name in _PACKAGES if find_spec(name) is None]


def mp3(ssml: str, voice: str) -> bytes:
    """What a voice such as `pt-br` says of a marked text. `SiteError` where there is no voice."""
    if missing := lacks():
        raise SiteError(f"{missing[0]} is not installed, which the sound is made with", GET)
    command = [sys.executable, "-m", __name__, voice]
    given = ssml.encode("utf-8")
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, cwd=_ROOT, check=False)  # noqa: S603
    if done.returncode or not done.stdout:
        raise SiteError(f"the voice {voice} could not read a page", GET)
    return done.stdout


def _packed(samples: bytes) -> bytes:
    import lameenc

    encoder = lameenc.Encoder()
    encoder.set_bit_rate(KBITS)
    encoder.set_in_sample_rate(HERTZ)
    encoder.set_channels(1)
    encoder.set_quality(2)
    encoder.silence()
    return bytes(encoder.encode(samples)) + bytes(encoder.flush())


def seconds(sound: bytes) -> int:
    """How long an MP3 of ours takes: each second has as many bytes."""
    return round(len(sound) * 8 / (KBITS * 1000))


@cache
def library() -> ctypes.CDLL:
    """espeak-ng, ready to speak; there is one in a process."""
    import espeakng_loader

    found = ctypes.CDLL(espeakng_loader.get_library_path())
    data = espeakng_loader.get_data_path().encode()
    if found.espeak_Initialize(_SYNCHRONOUS, 0, data, 0) != HERTZ:
        raise SiteError("the voice does not start", GET)
    return found


def _spoken(ssml: str, voice: str) -> bytes:
    """Samples; a part is never longer than the library's buffer, which it hands over again and again."""
    speaker, parts = library(), []

    def hear(samples: "ctypes._Pointer[ctypes.c_short]", count: int, _: object) -> int:
        if samples and count > 0:
            parts.append(ctypes.string_at(samples, count * 2))
        return 0

    kept = _Callback(hear)
    speaker.espeak_SetSynthCallback(kept)
    if speaker.espeak_SetVoiceByName(voice.encode()):
        raise SiteError(f"there is no voice {voice}", GET)
    speaker.espeak_SetParameter(_RATE, _WORDS_A_MINUTE, 0)
    text = ssml.encode("utf-8")
    if speaker.espeak_Synth(text, len(text) + 1, 0, 0, 0, _FLAGS, None, None):
        raise SiteError("the voice refuses a text", "look for signs that no language has")
    return b"".join(parts)


if __name__ == "__main__":
    sys.stdout.buffer.write(_packed(_spoken(sys.stdin.buffer.read().decode("utf-8"), sys.argv[1])))
