/** What is known of a picture when it is taken. What is unknown is absent: nothing is made up. */
export type PictureFacts = {
  /** When the camera saw it, and the zone of this computer's clock then, in minutes east of UTC. */
  takenAtMs: number;
  zoneMinutes: number;
  /** Who made the camera, and what it is called. */
  make?: string;
  model: string;
  software: string;
  /** Part of the picture was lost on the way and filled in. */
  damaged: boolean;
  drone?: DroneFacts;
};

/** What a drone said of itself at that moment. */
export type DroneFacts = {
  heightCm?: number;
  distanceCm?: number;
  pitchDegrees?: number;
  rollDegrees?: number;
  yawDegrees?: number;
  /** By the drone's own axes; a negative z is a climb. */
  xSpeedDmS?: number;
  ySpeedDmS?: number;
  zSpeedDmS?: number;
  batteryPercent?: number;
  /** The flight log this picture belongs to. */
  flightId?: string;
};
