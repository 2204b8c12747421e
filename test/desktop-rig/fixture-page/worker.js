// Says `ready`, then reports what each message is.
self.onmessage = ({ data: { port } }) => {
  port.onmessage = ({ data }) => {
    const isBuffer = data instanceof ArrayBuffer;
    self.postMessage({ isBuffer, bytes: isBuffer ? data.byteLength : -1, type: firstByte(data) });
  };
  port.addEventListener('close', () => self.postMessage('closed'));
  const ready = new DataView(new ArrayBuffer(24));
  ready.setUint8(0, 16);
  port.postMessage(ready.buffer);
};

function firstByte(data) {
  return data instanceof ArrayBuffer ? new Uint8Array(data)[0] : -1;
}
