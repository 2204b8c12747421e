"""Reads a stream with OpenCV and says `picture` for every one it gets. Usage: opencv_count.py PORT."""

import os
import sys

os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = (
    "fflags;nobuffer|flags;low_delay|probesize;32|analyzeduration;0"
)

import cv2  # noqa: E402  (the options above are read at import)

capture = cv2.VideoCapture(f"udp://127.0.0.1:{sys.argv[1]}", cv2.CAP_FFMPEG)
while capture.read()[0]:
    print("picture", flush=True)
