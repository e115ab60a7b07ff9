"""Writes a picture as PNG: the few bytes of it that a page needs. Pure."""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 2  # colour type of the format: red, green, blue
QUICKLY = 3  # of zlib's nine levels: a page is looked at once


def png(width: int, height: int, rgb: bytes) -> bytes:
    """Return the file of a picture of ``width`` times ``height`` points, three bytes each, row by row."""
    if len(rgb) != width * height * 3:
        raise ValueError("not as many points as the picture has")
    row = width * 3
    filtered = b"".join(b"\x00" + rgb[at : at + row] for at in range(0, len(rgb), row))
    header = struct.pack(">IIBBBBB", width, height, 8, COLOURS, 0, 0, 0)
    body = zlib.compress(filtered, QUICKLY)
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
