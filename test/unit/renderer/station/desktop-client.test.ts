import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDesktopClient } from '../../../../renderer/station/desktop-client.ts';
import { type DesktopBridge, FRAME_PORT_MESSAGE } from '../../../../shared/client.ts';
import { assertNoLeaks } from '../../../support/leaks.ts';
import { sampleStatus } from '../../../support/sample-status.ts';

/** The page and the preload's bridge, as far as the client touches them. */
function createPage() {
  const page = new EventTarget();
  let emit: (name: string, payload: unknown) => void = () => undefined;
  const bridge: DesktopBridge & { opened: number; reply: () => Promise<unknown> } = {
    opened: 0,
    reply: () => Promise.resolve(null),
    request: () => bridge.reply(),
    onEvent(callback: typeof emit) {
      emit = callback;
      return () => {
        emit = () => undefined;
      };
    },
    openFrames: () => void bridge.opened++,
    onCommand: () => () => undefined,
  };
  const post = (data: unknown, ports: MessagePort[], source: unknown = page) => {
    const event = new Event('message');
    page.dispatchEvent(Object.assign(event, { data, ports, source }));
  };
  return {
    bridge,
    post,
    emit: (name: string, payload: unknown) => emit(name, payload),
    client: createDesktopClient(bridge, page as unknown as Window),
  };
}

describe('desktop client', () => {
  assertNoLeaks();
  const channels: MessageChannel[] = [];
  const newPort = () => {
    const channel = new MessageChannel();
    channels.push(channel);
    return channel.port1;
  };
  afterEach(() => {
    for (const channel of channels.splice(0)) {
      channel.port1.close();
      channel.port2.close();
    }
  });

  it('checks replies and events, and never rejects', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { client, bridge, emit } = createPage();
    bridge.reply = async () => ({ ok: true, value: sampleStatus() });
    expect(await client.request('status.get', {})).toEqual({ ok: true, value: sampleStatus() });
    bridge.reply = async () => ({ ok: true, value: {} });
    expect(await client.request('status.get', {})).toMatchObject({ ok: false });
    bridge.reply = () => Promise.reject(new Error('gone'));
    expect(await client.request('status.get', {})).toMatchObject({
      error: { code: 'connection-lost' },
    });

    const seen: unknown[] = [];
    client.on('status', (status) => seen.push(status));
    emit('status', { state: 'flying' });
    emit('status', sampleStatus());
    expect(seen).toEqual([sampleStatus()]);
    expect(warn).toHaveBeenCalledTimes(2);
    warn.mockRestore();
    client.dispose();
  });

  it('takes the port that its own page was sent, and nothing else', async () => {
    const { client, bridge, post } = createPage();
    const link = client.openFrameLink();
    const wanted = newPort();
    post({ type: FRAME_PORT_MESSAGE }, [newPort()], 'another window');
    post({ type: 'something else' }, [newPort()]);
    post({ type: FRAME_PORT_MESSAGE }, []);
    post({ type: FRAME_PORT_MESSAGE }, [wanted]);
    expect(await link).toEqual({ kind: 'port', port: wanted });
    expect(bridge.opened).toBe(1);
    client.dispose();
  });

  it('gives the next port to the latest caller only', async () => {
    const { client, post } = createPage();
    const first = client.openFrameLink();
    const second = client.openFrameLink();
    await expect(first).rejects.toThrow('anew');
    const port = newPort();
    post({ type: FRAME_PORT_MESSAGE }, [port]);
    expect(await second).toEqual({ kind: 'port', port });
    const third = client.openFrameLink();
    client.dispose();
    await expect(third).rejects.toThrow();
  });
});
