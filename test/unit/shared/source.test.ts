import { describe, expect, it } from 'vitest';
import { parseFlags } from '../../../electron/start-flags.ts';
import { formOf, readTelloForm } from '../../../renderer/connection/tello-form.ts';
import { telloSourceSchema } from '../../../shared/source.ts';

const source = telloSourceSchema.parse({ kind: 'tello' });

/** What the schema (and with it the API), the flags and the form say to a host. */
function refusals(host: string): (string | null)[] {
  const parsed = telloSourceSchema.safeParse({ ...source, host });
  const flags = parseFlags(['--source', 'tello', '--tello-host', host]);
  const form = readTelloForm({ ...formOf(source), host });
  return [
    parsed.success ? null : (parsed.error.issues[0]?.message ?? ''),
    flags.ok ? null : flags.message,
    form.ok ? null : (form.errors.host ?? ''),
  ];
}

describe('a system parser behind ours', () => {
  it.each([
    '127.0.0.010',
    '0x7f.1',
    '0X7F.0.0.1',
    '2130706433',
    '127.1',
    '127.0.1',
    '0177.0.0.1',
    '192.168.10.01',
    '192.168.10.256',
    '192.168.10.1.1',
    '1.2.3.0x4',
    '1.2.3.0x',
    'drone.123',
  ])('no other parser than ours ever sees %s', (host) => {
    for (const said of refusals(host)) expect(said).toContain('192.168.10.1');
  });

  it.each(['0.0.0.0', '0.1.2.3', '224.0.0.1', '255.255.255.255'])(
    '%s is no drone’s address',
    (host) => {
      for (const said of refusals(host)) expect(said).toContain('no single drone');
    },
  );

  it.each([
    '192.168.10.1',
    '127.0.0.1',
    '10.0.0.255',
    '223.255.255.254',
    'localhost',
    'drone.local',
    'tello-1',
    '1drone',
    '0x7f.local',
    '3com.com',
  ])('%s may be connected to', (host) => {
    expect(refusals(host)).toEqual([null, null, null]);
  });
});

describe('a rule only in the form', () => {
  const portRefusals = (ports: { command: number; state: number; video: number }) => {
    const parsed = telloSourceSchema.safeParse({ ...source, ports });
    const list = [ports.command, ports.state, ports.video].join(',');
    const flags = parseFlags(['--source', 'tello', '--tello-ports', list]);
    const form = readTelloForm(formOf({ ...source, ports }));
    return [
      parsed.success ? '' : (parsed.error.issues[0]?.message ?? ''),
      flags.ok ? '' : flags.message,
      form.ok ? '' : (form.errors.video ?? form.errors.state ?? ''),
    ];
  };

  it('refuses one port for state and video, by whatever way it comes', () => {
    for (const said of portRefusals({ command: 8889, state: 9000, video: 9000 })) {
      expect(said).toContain('State and video need two different ports');
    }
  });

  it.each([
    { command: 8889, state: 8889, video: 11_111 },
    { command: 8889, state: 8890, video: 8889 },
  ])('keeps the port of the commands free: %o', (ports) => {
    for (const said of portRefusals(ports)) expect(said).toContain('8889');
  });

  it.each(['8889,8890,1e4', '8889, 0x22ba,11111', '8889,8890,', '8889,8890, '])(
    'reads ports as the form does: “%s”',
    (list) => {
      expect(parseFlags(['--source', 'tello', '--tello-ports', list]).ok).toBe(false);
    },
  );
});
