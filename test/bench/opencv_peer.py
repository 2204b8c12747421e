"""Reads a Tello-shaped stream with OpenCV and writes, for every frame, when it was read and its lowest rows.

Usage: opencv_peer.py PORT SECONDS [low-delay]. One record a frame on stdout: float64 milliseconds since
the epoch, uint32 width, uint32 height, then the green channel of the lowest 48 rows.
"""

import os
import struct
import sys
import time

port, seconds, mode = sys.argv[1], float(sys.argv[2]), sys.argv[3:] or ["default"]
if mode[0] == "low-delay":
    os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = (
        "fflags;nobuffer|flags;low_delay|probesize;32|analyzeduration;0"
    )

import cv2  # noqa: E402  (the options above are read at import)

capture = cv2.VideoCapture(f"udp://127.0.0.1:{port}", cv2.CAP_FFMPEG)
end = time.time() + seconds
while time.time() < end:
    ok, frame = capture.read()
    if not ok:
        break
    height, width = frame.shape[:2]
    record = struct.pack("<dII", time.time() * 1000, width, height)
    sys.stdout.buffer.write(record + frame[height - 48 :, :, 1].tobytes())
    sys.stdout.buffer.flush()
os._exit(0)
