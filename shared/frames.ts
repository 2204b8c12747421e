/**
 * The messages on a frame link (message port or WebSocket), binary, little-endian, one message an
 * `ArrayBuffer`. Frames never travel as JSON. Station to viewer: `format`, `frame`, `clock`, `end`.
 * Viewer to station: `ready`, `drawn`, `restart`, `clockQuery`.
 */

export type StreamFormat = {
  codec: 'h264' | 'jpeg';
  /** RFC 6381 string for WebCodecs (`avc1.4D4028`), or `jpeg`. */
  codecString: string;
  width: number;
  height: number;
};

type FormatMessage = { type: 'format'; generation: number } & StreamFormat;

export type FrameMessage = {
  type: 'frame';
  generation: number;
  /** Counts up by one a frame within a generation; a gap means frames were skipped for this viewer. */
  seq: number;
  keyframe: boolean;
  /** True for a cached frame sent to catch up: decode it, draw only the newest. */
  catchUp: boolean;
  /** True for a picture that never came and was made up for the others' sake: decode it, never draw it. */
  madeUp: boolean;
  /** Arrival of the frame's last datagram (or the camera frame), on the station's clock. */
  capturedAtUs: number;
  /** Annex B access unit (a keyframe begins with SPS and PPS), or one JPEG. */
  data: Uint8Array;
};

/** Answer to `clockQuery`: the viewer's own time, and the station's when it answered. */
type ClockMessage = { type: 'clock'; askedAtUs: number; stationUs: number };
/** This generation is over: nothing more of it will come. */
type EndMessage = { type: 'end'; generation: number };
export type StationMessage = FormatMessage | FrameMessage | ClockMessage | EndMessage;

/** Sent once the viewer can take frames; the station answers with the cached group of pictures. */
type ReadyMessage = { type: 'ready' };
/** Acknowledges every frame up to `seq`: it was drawn, or given up. Returns credit. */
type DrawnMessage = {
  type: 'drawn';
  generation: number;
  seq: number;
  /** Arrival to drawn; NaN where it was not drawn or the clocks are not compared yet. */
  delayMs: number;
};
/** The decoder lost the thread and has no copy to start from: the cached group is wanted again. */
type RestartMessage = { type: 'restart' };
type ClockQueryMessage = { type: 'clockQuery'; askedAtUs: number };
export type ViewerMessage = ReadyMessage | DrawnMessage | RestartMessage | ClockQueryMessage;

const TYPE = {
  format: 1,
  frame: 2,
  clock: 3,
  end: 4,
  ready: 16,
  drawn: 17,
  clockQuery: 18,
  restart: 19,
} as const;
const FLAG_KEYFRAME = 1;
const FLAG_CATCH_UP = 2;
const FLAG_MADE_UP = 4;

/** type u8, flags u8, reserved u16, generation u32, seq u32, reserved u32, capturedAtUs f64. */
const FRAME_HEADER_BYTES = 24;
const FORMAT_HEADER_BYTES = 12;

export function encodeStationMessage(message: StationMessage): ArrayBuffer {
  switch (message.type) {
    case 'frame': {
      const buffer = new ArrayBuffer(FRAME_HEADER_BYTES + message.data.byteLength);
      const view = new DataView(buffer);
      view.setUint8(0, TYPE.frame);
      view.setUint8(
        1,
        (message.keyframe ? FLAG_KEYFRAME : 0) |
          (message.catchUp ? FLAG_CATCH_UP : 0) |
          (message.madeUp ? FLAG_MADE_UP : 0),
      );
      view.setUint32(4, message.generation, true);
      view.setUint32(8, message.seq, true);
      view.setFloat64(16, message.capturedAtUs, true);
      new Uint8Array(buffer, FRAME_HEADER_BYTES).set(message.data);
      return buffer;
    }
    case 'format': {
      const text = message.codecString;
      const buffer = new ArrayBuffer(FORMAT_HEADER_BYTES + text.length);
      const view = new DataView(buffer);
      view.setUint8(0, TYPE.format);
      view.setUint8(1, message.codec === 'h264' ? 0 : 1);
      view.setUint32(4, message.generation, true);
      view.setUint16(8, message.width, true);
      view.setUint16(10, message.height, true);
      for (let i = 0; i < text.length; i++) {
        view.setUint8(FORMAT_HEADER_BYTES + i, text.charCodeAt(i));
      }
      return buffer;
    }
    case 'clock': {
      const view = new DataView(new ArrayBuffer(24));
      view.setUint8(0, TYPE.clock);
      view.setFloat64(8, message.askedAtUs, true);
      view.setFloat64(16, message.stationUs, true);
      return view.buffer as ArrayBuffer;
    }
    case 'end': {
      const view = new DataView(new ArrayBuffer(8));
      view.setUint8(0, TYPE.end);
      view.setUint32(4, message.generation, true);
      return view.buffer as ArrayBuffer;
    }
  }
}

/** Reads a message of the station's; null for anything that is not one. The frame's data is a view, not a copy. */
export function decodeStationMessage(buffer: ArrayBuffer): StationMessage | null {
  if (buffer.byteLength < 8) return null;
  const view = new DataView(buffer);
  switch (view.getUint8(0)) {
    case TYPE.frame: {
      if (buffer.byteLength < FRAME_HEADER_BYTES) return null;
      const flags = view.getUint8(1);
      return {
        type: 'frame',
        generation: view.getUint32(4, true),
        seq: view.getUint32(8, true),
        keyframe: (flags & FLAG_KEYFRAME) !== 0,
        catchUp: (flags & FLAG_CATCH_UP) !== 0,
        madeUp: (flags & FLAG_MADE_UP) !== 0,
        capturedAtUs: view.getFloat64(16, true),
        data: new Uint8Array(buffer, FRAME_HEADER_BYTES),
      };
    }
    case TYPE.format: {
      if (buffer.byteLength < FORMAT_HEADER_BYTES) return null;
      return {
        type: 'format',
        codec: view.getUint8(1) === 0 ? 'h264' : 'jpeg',
        generation: view.getUint32(4, true),
        width: view.getUint16(8, true),
        height: view.getUint16(10, true),
        codecString: String.fromCharCode(...new Uint8Array(buffer, FORMAT_HEADER_BYTES)),
      };
    }
    case TYPE.clock:
      if (buffer.byteLength < 24) return null;
      return {
        type: 'clock',
        askedAtUs: view.getFloat64(8, true),
        stationUs: view.getFloat64(16, true),
      };
    case TYPE.end:
      return { type: 'end', generation: view.getUint32(4, true) };
    default:
      return null;
  }
}

export function encodeViewerMessage(message: ViewerMessage): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(24));
  switch (message.type) {
    case 'ready':
      view.setUint8(0, TYPE.ready);
      break;
    case 'restart':
      view.setUint8(0, TYPE.restart);
      break;
    case 'drawn':
      view.setUint8(0, TYPE.drawn);
      view.setUint32(4, message.generation, true);
      view.setUint32(8, message.seq, true);
      view.setFloat64(16, message.delayMs, true);
      break;
    case 'clockQuery':
      view.setUint8(0, TYPE.clockQuery);
      view.setFloat64(8, message.askedAtUs, true);
      break;
  }
  return view.buffer as ArrayBuffer;
}

/** Reads a message of a viewer's; null for anything that is not one (it comes from outside: trust nothing). */
export function decodeViewerMessage(bytes: ArrayBuffer | Uint8Array): ViewerMessage | null {
  const view = ArrayBuffer.isView(bytes)
    ? new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new DataView(bytes);
  if (view.byteLength !== 24) return null;
  switch (view.getUint8(0)) {
    case TYPE.ready:
      return { type: 'ready' };
    case TYPE.restart:
      return { type: 'restart' };
    case TYPE.drawn:
      return {
        type: 'drawn',
        generation: view.getUint32(4, true),
        seq: view.getUint32(8, true),
        delayMs: view.getFloat64(16, true),
      };
    case TYPE.clockQuery:
      return { type: 'clockQuery', askedAtUs: view.getFloat64(8, true) };
    default:
      return null;
  }
}
