import { describe, expect, it } from 'vitest';
import { explainSendError } from '../../../../../electron/sources/tello/network/udp-socket.ts';
import { firewallTip } from '../../../../../electron/sources/tello/tips.ts';
import { phaseOf } from '../../../../../electron/sources/tello/video/video-faults.ts';
import type { VideoState } from '../../../../../electron/sources/tello/video/video-watch.ts';

const context = {
  videoPort: 11_111,
  portsAccepted: true,
  droneAnswers: null,
  commandTrouble: null,
  videoSocket: null,
  stateSocket: null,
};

describe('what the user is told about the video', () => {
  it.each([
    ['waiting-for-video', 'waiting-for-video', undefined],
    ['no-video', 'no-video', 'no-video'],
    ['waiting-for-keyframe', 'waiting-for-keyframe', undefined],
    ['no-keyframe', 'waiting-for-keyframe', 'no-keyframe'],
    ['streaming', 'streaming', undefined],
    ['silent', 'silent', 'video-lost'],
  ] satisfies [VideoState, string, string | undefined][])('%s', (state, phase, code) => {
    const told = phaseOf(state, context);
    expect(told.phase).toBe(phase);
    expect(told.error?.code).toBe(code);
    if (told.error) expect(told.error.tip).toBeTruthy();
  });

  it('does not blame a firewall for a drone that is gone', () => {
    const { error } = phaseOf('no-video', { ...context, droneAnswers: false });
    expect(error?.code).toBe('video-lost');
  });

  it.each([
    ['win32', 'Windows Security'],
    ['darwin', 'Local Network'],
    ['linux', 'ufw allow 11111/udp'],
  ] as const)('names the port and the setting of %s', (platform, setting) => {
    const tip = firewallTip(11_111, platform);
    expect(tip).toContain(setting);
    expect(tip).toContain('11111');
  });
});

describe('a failed send', () => {
  const failed = (code: string) => Object.assign(new Error(code), { code });

  it.each(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EACCES'])('%s: no way there', (code) => {
    expect(explainSendError(failed(code), '192.168.10.1')).toMatchObject({
      code: 'network-unreachable',
      tip: expect.stringContaining('TELLO-'),
    });
  });

  it('anything else: the drone cannot be reached', () => {
    expect(explainSendError(failed('ENOBUFS'), '192.168.10.1').code).toBe('drone-unreachable');
    expect(explainSendError('odd', '192.168.10.1').code).toBe('drone-unreachable');
  });
});
