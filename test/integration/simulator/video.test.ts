import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { nalType, splitNalUnits } from '../../../electron/simulator/bitstream/nal-units.ts';
import { readPictureCode } from '../../../electron/simulator/picture/picture-code.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { annexB, PictureDecoder } from '../../unit/simulator/bitstream/decode-pictures.ts';
import { DroneClient, type RunningSimulator, runSimulator, until } from './drone-client.ts';

const START_CODE = '00000001';

/** Puts datagrams together as a client does: a short one, or one before a start code, ends a NAL unit. */
function nalUnits(datagrams: readonly Buffer[]): Buffer[] {
  return splitNalUnits(Buffer.concat(datagrams)).map((unit) => Buffer.from(unit));
}

/** Groups NAL units into access units: `7 8 5`, or a single `1`. */
function accessUnits(units: readonly Buffer[]): Buffer[][] {
  const groups: Buffer[][] = [];
  let group: Buffer[] = [];
  for (const unit of units) {
    group.push(unit);
    if (nalType(unit) > 5) continue;
    groups.push(group);
    group = [];
  }
  return groups;
}

function decodeCodes(units: readonly Buffer[][]) {
  using decoder = new PictureDecoder();
  return units.flatMap((unit) => {
    const picture = decoder.decode(annexB(unit));
    return picture
      ? [{ ...picture, code: readPictureCode(picture.luma, picture.width, picture.height, 1) }]
      : [];
  });
}

describe('video of the simulated drone', () => {
  assertNoLeaks();
  let simulator: RunningSimulator | undefined;
  let client: DroneClient | undefined;

  async function stream(...args: string[]): Promise<DroneClient> {
    simulator = await runSimulator('--picture-code', '--tour', ...args);
    client = await DroneClient.open(simulator.commandPort);
    await client.connect();
    expect(await client.ask('streamon')).toBe('ok');
    return client;
  }

  afterEach(async () => {
    client?.close();
    await simulator?.end();
    client = undefined;
    simulator = undefined;
  });

  it('comes in datagrams of a real unit, decodes, and carries a counter and a clock', async () => {
    const began = Date.now();
    const { datagrams } = await stream();
    await until(() => datagrams.length > 0 && nalUnits(datagrams).length > 45);
    const ended = Date.now();
    expect(datagrams[0]?.toString('hex')).toBe(`${START_CODE}674d402895a03c05b9`);
    expect(datagrams[1]?.toString('hex')).toBe(`${START_CODE}68ee3880`);
    expect(Math.max(...datagrams.map((each) => each.length))).toBe(1460);

    const units = accessUnits(nalUnits(datagrams)).slice(0, 40);
    expect(units.map((unit) => unit.map(nalType).join(' '))).toEqual(
      units.map((_, index) => (index % 30 === 0 ? '7 8 5' : '1')),
    );
    const pictures = decodeCodes(units);
    expect(pictures.map((picture) => picture.code?.frame)).toEqual(units.map((_, index) => index));
    const times = pictures.map((picture) => picture.code?.timeMs ?? 0);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Set(times).size).toBe(times.length);
    expect(times[0]).toBeGreaterThan(began);
    expect(times.at(-1)).toBeLessThanOrEqual(ended);
    expect(pictures[0]).toMatchObject({ width: 960, height: 720 });
  });

  it('ends with streamoff and begins anew with an IDR', async () => {
    const drone = await stream();
    await until(() => drone.datagrams.length > 30);
    await drone.ask('streamoff');
    await sleep(100);
    drone.datagrams.length = 0;
    await sleep(200);
    expect(drone.datagrams).toEqual([]);
    await drone.ask('streamon');
    await until(() => drone.datagrams.length > 30);
    expect(nalUnits(drone.datagrams).slice(0, 3).map(nalType)).toEqual([7, 8, 5]);
  });

  it('--start-mid-gop begins with P slices', async () => {
    const { datagrams } = await stream('--start-mid-gop');
    await until(() => nalUnits(datagrams).some((unit) => nalType(unit) === 5));
    const types = nalUnits(datagrams).map(nalType);
    expect(types.slice(0, 10)).toEqual(Array(10).fill(1));
    expect(types).toContain(7);
  });

  it('--p-frames-only never gives a picture', async () => {
    const { datagrams } = await stream('--p-frames-only');
    await until(() => datagrams.length > 0 && nalUnits(datagrams).length > 70);
    expect(new Set(nalUnits(datagrams).map(nalType))).toEqual(new Set([1]));
  });

  it('--no-video answers and stays dark until told otherwise', async () => {
    const drone = await stream('--no-video');
    await sleep(1_500);
    expect(drone.datagrams).toEqual([]);
    expect(await drone.ask('battery?')).toBe('87\r\n');
    await simulator?.tell({ type: 'faults', faults: { noVideo: false } });
    await until(() => drone.datagrams.length > 0);
  });

  it('--resolution-change-after changes the parameter sets in mid-stream', async () => {
    const { datagrams } = await stream('--resolution-change-after', '0.5');
    // The second size is there, and its IDR is whole once P slices follow it.
    await until(() => {
      const units = nalUnits(datagrams);
      const [first] = units;
      const at = units.findLastIndex((unit) => nalType(unit) === 7);
      return first !== undefined && units[at]?.equals(first) === false && units.length - at > 5;
    });
    const pictures = decodeCodes(accessUnits(nalUnits(datagrams)).slice(0, -1));
    expect(pictures[0]).toMatchObject({ width: 960, height: 720 });
    expect(pictures.at(-1)).toMatchObject({ width: 640, height: 480 });
    const frames = pictures.map((picture) => picture.code?.frame);
    expect(frames).toEqual(frames.map((_, index) => index));
  });

  it('takes its size from flags, and a new one from a command in mid-stream', async () => {
    const drone = await stream('--width', '480', '--height', '360', '--fps', '60');
    await until(() => drone.datagrams.length > 0 && nalUnits(drone.datagrams).length > 35);
    const [first] = decodeCodes(accessUnits(nalUnits(drone.datagrams)));
    expect(first).toMatchObject({ width: 480, height: 360 });
    expect(first?.code?.frame).toBe(0);
    expect(await drone.ask('setresolution low')).toBe('ok');
    expect(await drone.ask('setfps low')).toBe('ok');
    const [oldSps] = nalUnits(drone.datagrams);
    const afterChange = () => {
      const units = nalUnits(drone.datagrams);
      const at = units.findIndex((unit) => nalType(unit) === 7 && !oldSps?.equals(unit));
      return at < 0 ? [] : units.slice(at);
    };
    // The IDR is whole once the P slice behind it has begun.
    await until(() => afterChange().length > 3);
    const changed = accessUnits(afterChange());
    expect(decodeCodes(changed)[0]).toMatchObject({ width: 640, height: 480 });
  });

  it('sends what other senders do: other datagrams, several slices, one IDR, no short ends', async () => {
    const { datagrams } = await stream(
      ...'--datagram-bytes 1024 --slices 2 --keyframe-interval never --exact-multiples 1'.split(
        ' ',
      ),
    );
    await until(() => datagrams.length > 0 && nalUnits(datagrams).length > 100);
    const types = nalUnits(datagrams).map(nalType);
    expect(types.slice(0, 4)).toEqual([7, 8, 5, 5]);
    expect(new Set(types.slice(4))).toEqual(new Set([1]));
    expect(new Set(datagrams.slice(2).map((each) => each.length))).toEqual(new Set([1024]));
  });

  it('reports which datagrams of which pictures were lost, the same in every run', async () => {
    const flags = '--video-loss 3% --video-burst-loss 2% --video-reorder 1% --seed 7'.split(' ');
    const runs = [];
    for (let run = 0; run < 2; run++) {
      const drone = await stream(...flags);
      await until(() => drone.datagrams.length > 300);
      await drone.ask('streamoff');
      const report = await simulator?.report('video');
      if (!report) throw new Error('no simulator');
      await until(() => drone.datagrams.length === report.counts.arrived);
      const { datagrams, arrived, lost, burst } = report.counts;
      expect(datagrams).toBe(arrived + lost + burst);
      expect(lost).toBeGreaterThan(0);
      const losses = report.fates.filter(({ fate }) => fate === 'lost' || fate === 'burst');
      const frames = new Set(losses.map(({ video }) => video?.frame));
      expect(report.counts.damagedPictures).toBe(frames.size);
      runs.push(report.fates.filter(({ seq }) => seq < 300).map(({ seq, fate }) => [seq, fate]));
      client?.close();
      client = undefined;
      await simulator?.end();
      simulator = undefined;
    }
    expect(runs[0]?.length).toBeGreaterThan(5);
    expect(runs[0]).toEqual(runs[1]);
  });

  it('loses the picture behind an IDR to an outage beside it', async () => {
    const drone = await stream(
      ...'--video-outage-for 200 --video-outage-at 300 --video-outage-on after-idr'.split(' '),
    );
    await until(() => drone.datagrams.length > 300);
    const report = await simulator?.report('video');
    const [first] = report?.fates ?? [];
    expect(first).toMatchObject({ fate: 'outage', video: { sinceKeyframe: 1, part: 0 } });
    expect(new Set(report?.fates.map(({ fate }) => fate))).toEqual(new Set(['outage']));
  });

  it('holds datagrams inside pictures without losing one', async () => {
    const drone = await stream('--video-pause', '5%', '--video-pause-length', '10-40');
    await until(() => drone.datagrams.length > 300);
    await drone.ask('streamoff');
    const report = await simulator?.report('video');
    expect(report?.counts.paused).toBeGreaterThan(3);
    expect(report?.counts.arrived).toBe(report?.counts.datagrams);
    const units = accessUnits(nalUnits(drone.datagrams));
    const frames = decodeCodes(units).map((picture) => picture.code?.frame);
    expect(frames).toEqual(units.map((_, index) => index));
  });

  it('loses, doubles and swaps datagrams when told so at run time', async () => {
    const drone = await stream();
    await until(() => drone.datagrams.length > 20);

    await simulator?.tell({ type: 'faults', faults: { loss: 1 } });
    await sleep(100);
    drone.datagrams.length = 0;
    await sleep(200);
    expect(drone.datagrams).toEqual([]);

    await simulator?.tell({ type: 'faults', faults: { loss: 0, duplicate: 1 } });
    await until(() => drone.datagrams.length > 20);
    const pairs = drone.datagrams.slice(0, 20);
    for (let at = 0; at < pairs.length; at += 2) expect(pairs[at]).toEqual(pairs[at + 1]);

    await simulator?.tell({ type: 'faults', faults: { duplicate: 0, reorder: 1 } });
    await sleep(100);
    drone.datagrams.length = 0;
    const isFirst = (each: Buffer) => each.toString('hex', 0, 5) === `${START_CODE}67`;
    await until(() => drone.datagrams.some(isFirst) && drone.datagrams.length > 40);
    const at = drone.datagrams.findIndex(isFirst);
    // The SPS travels with a neighbour that belongs elsewhere: the PPS came first, or a P slice lies between.
    expect(drone.datagrams[at + 1]?.toString('hex', 0, 5)).not.toBe(`${START_CODE}68`);
  });
});
