import { describe, expect, it } from 'vitest';
import { linkChecks } from '../../../../renderer/words/link-checks.ts';
import type { Host } from '../../../../shared/host.ts';
import type { TelloSource } from '../../../../shared/source.ts';
import type { CommandLinkStatus, LinksStatus, Status } from '../../../../shared/status.ts';
import { sampleStatus } from '../../../support/sample-status.ts';

const source: TelloSource = {
  kind: 'tello',
  host: '192.168.10.1',
  ports: { command: 8889, state: 8890, video: 11_111 },
};

function host(...addresses: Host['addresses']): Host {
  return {
    kind: 'browser',
    version: '0.0.0',
    platform: 'linux',
    canShowInFolder: false,
    photoFolder: '',
    addresses,
    development: false,
  };
}
const wifi = { name: 'wlan0', address: '192.168.10.2' };
const cable = { name: 'eth0', address: '10.0.0.7' };

function links(answers: CommandLinkStatus['answers']): LinksStatus {
  const counts = { localPort: 1, ignored: 0, foreign: 0, socketErrors: 0, rebinds: 0 };
  return {
    command: {
      ...counts,
      sent: 1,
      answered: 0,
      unanswered: 0,
      late: 0,
      answers,
      roundTripMs: null,
    },
    state: { ...counts, lines: 5 },
    video: { ...counts, datagrams: 5, bytes: 5, receiveBufferBytes: 0, units: {} },
  };
}

function seen(changes: Partial<Status>, at: Host): string[] {
  const status = sampleStatus({ source, state: 'connecting', phase: 'opening', ...changes });
  return linkChecks(status, at).map(({ name, is }) => `${name}: ${is}`);
}

describe('the way to the drone', () => {
  it('is nothing to speak of for what is no drone', () => {
    expect(linkChecks(sampleStatus(), host(wifi))).toEqual([]);
    expect(linkChecks(null, null)).toEqual([]);
  });

  it('ends at the network where no address is on the drone’s', () => {
    expect(seen({ links: null }, host(cable))).toEqual(['network: no']);
    // Who answers has been reached, by whatever way.
    expect(seen({ links: links('answering'), drone: null }, host(cable))[0]).toBe('commands: yes');
  });

  it('names the network, and ends where no command is answered', () => {
    const status = sampleStatus({ source, links: links('silent') });
    expect(linkChecks(status, host(cable, wifi))[0]?.says).toContain('wlan0, 192.168.10.2');
    expect(seen({ links: links('silent') }, host(wifi))).toEqual(['network: yes', 'commands: no']);
    expect(seen({ links: links('unknown') }, host(wifi))[1]).toBe('commands: waiting');
  });

  it('ends at a state that does not arrive, or no longer does', () => {
    const answering = { links: links('answering') };
    const early = { ...answering, drone: null, stateAgeMs: 500 };
    const late = { ...answering, drone: null, stateAgeMs: 5_000 };
    const stopped = { ...answering, drone: { ageMs: 9_000 }, stateAgeMs: 20_000 };
    expect(seen(early, host(wifi)).at(-1)).toBe('state: waiting');
    expect(seen(late, host(wifi)).at(-1)).toBe('state: no');
    expect(seen(stopped, host(wifi)).at(-1)).toBe('state: no');
  });

  it('ends at video that a firewall keeps away', () => {
    const changes = { links: links('answering'), video: null } as const;
    expect(seen({ ...changes, phase: 'no-video' }, host(wifi)).at(-1)).toBe('video: no');
    expect(seen({ ...changes, phase: 'waiting-for-video' }, host(wifi)).at(-1)).toBe(
      'video: waiting',
    );
    expect(seen({ links: links('slow'), phase: 'streaming' }, host(wifi))).toEqual([
      'network: yes',
      'commands: yes',
      'state: yes',
      'video: yes',
    ]);
  });
});
