import type { ReadName, Sdk } from './command.ts';
import type { FlightState } from './flight-state.ts';
import { accelerations, angles, baro, tofCm } from './state-line.ts';

/** Not a serial number of any real unit. */
const SERIAL_NUMBER = '0TQZSIMULATED0';

/** What it answers to a question. Values come with a line end, `ok` without one. */
export function reading(name: ReadName, state: FlightState, sdk: Sdk): string {
  const temperature = Math.round(state.temperatureC);
  const values: Record<ReadName, string> = {
    speed: state.speedCmS.toFixed(1),
    battery: String(Math.ceil(state.batteryPercent)),
    time: `${Math.floor(state.motorSeconds)}s`,
    height: `${Math.round(state.heightCm / 10)}dm`,
    temp: `${temperature - 1}~${temperature + 1}C`,
    attitude: angles(state),
    baro: baro(state),
    acceleration: accelerations(state),
    tof: `${tofCm(state) * 10}mm`,
    wifi: '90',
    sdk: String(sdk),
    sn: SERIAL_NUMBER,
    active: '1',
    hardware: 'RMTT',
    wifiversion: 'wifiv1.0.0.33',
    // Not joined to any.
    ap: 'none',
    ssid: 'RMTT-SIMULATED',
  };
  return `${values[name]}\r\n`;
}
