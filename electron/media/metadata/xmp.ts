import { localIso, zoneWords } from './local-time.ts';
import type { DroneFacts, PictureFacts } from './picture-facts.ts';

const NAMESPACES = {
  tiff: 'http://ns.adobe.com/tiff/1.0/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  'drone-dji': 'http://www.dji.com/drone-dji/1.0/',
  hoverdeck: 'http://hoverdeck.org/ns/1.0/',
} as const;

/**
 * An XMP packet (ISO 16684-1). The drone's figures have the names DJI's own cameras give them, in metres,
 * degrees and metres a second, so that other programs find them; what DJI has no name for is ours.
 */
export function xmpPacket(facts: PictureFacts): string {
  const local = localIso(facts.takenAtMs, facts.zoneMinutes);
  const properties: [string, string][] = [
    ...(facts.make === undefined ? [] : [pair('tiff:Make', facts.make)]),
    pair('tiff:Model', facts.model),
    pair('xmp:CreateDate', `${local}${zoneWords(facts.zoneMinutes)}`),
    pair('xmp:CreatorTool', facts.software),
    ...(facts.damaged ? [pair('hoverdeck:Damaged', 'True')] : []),
    ...(facts.drone === undefined ? [] : droneProperties(facts.drone)),
  ];
  const attributes = properties.map(([name, value]) => `\n   ${name}="${escaped(value)}"`).join('');
  const names = Object.entries(NAMESPACES)
    .map(([prefix, uri]) => `\n   xmlns:${prefix}="${uri}"`)
    .join('');
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    ' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    `  <rdf:Description rdf:about=""${names}${attributes}/>`,
    ' </rdf:RDF>',
    '</x:xmpmeta>',
    '<?xpacket end="w"?>',
  ].join('\n');
}

function droneProperties(drone: DroneFacts): [string, string][] {
  return [
    ...figure('drone-dji:RelativeAltitude', drone.heightCm, 100, 2),
    ...figure('drone-dji:FlightYawDegree', drone.yawDegrees, 1, 1),
    ...figure('drone-dji:FlightPitchDegree', drone.pitchDegrees, 1, 1),
    ...figure('drone-dji:FlightRollDegree', drone.rollDegrees, 1, 1),
    ...figure('drone-dji:FlightXSpeed', drone.xSpeedDmS, 10, 1),
    ...figure('drone-dji:FlightYSpeed', drone.ySpeedDmS, 10, 1),
    ...figure('drone-dji:FlightZSpeed', drone.zSpeedDmS, 10, 1),
    ...figure('hoverdeck:DistanceBelow', drone.distanceCm, 100, 2),
    ...(drone.batteryPercent === undefined
      ? []
      : [pair('hoverdeck:BatteryPercent', String(drone.batteryPercent))]),
    ...(drone.flightId === undefined ? [] : [pair('hoverdeck:FlightId', drone.flightId)]),
  ];
}

/** With its sign, as DJI writes them: `+1.20`. */
function figure(
  name: string,
  value: number | undefined,
  divisor: number,
  digits: number,
): [string, string][] {
  if (value === undefined) return [];
  const figure = value / divisor;
  return [pair(name, `${figure < 0 ? '-' : '+'}${Math.abs(figure).toFixed(digits)}`)];
}

function pair(name: string, value: string): [string, string] {
  return [name, value];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Control characters have no place in XML 1.0, escaped or not. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')
    .replace(/[^\x20-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ');
}
