import { z } from 'zod';
import { photoFormats } from './captures.ts';
import { languages } from './languages.ts';
import { sourceSpecSchema } from './source.ts';
import { rotations } from './view.ts';

export const padModes = [1, 2, 3, 4] as const;
export const uiSizes = [85, 100, 125, 150] as const;

export const settingsSchema = z.object({
  photoFormat: z.enum(photoFormats).default('jpeg'),
  /** Absolute folder for photos; null = `Pictures/Hoverdeck`. */
  photoFolder: z.string().max(4096).nullable().default(null),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Of the page; `system` is what the browser or the desktop speaks. */
  language: z.enum(['system', ...languages]).default('system'),
  /** Of text and controls, beside what the window asks for. */
  uiSizePercent: z.literal(uiSizes).default(100),
  /** View only: the photo keeps the true picture unless `photoAsViewed` says otherwise. */
  mirror: z.boolean().default(false),
  rotateDegrees: z.literal(rotations).default(0),
  photoAsViewed: z.boolean().default(false),
  /** Write down every flight of a drone. */
  flightLog: z.boolean().default(true),
  /** Record a camera's JPEG pictures as they are: larger, nothing lost, and browsers do not play it. */
  keepCameraJpeg: z.boolean().default(false),
  reader: z.enum(['auto', 'ffmpeg', 'opencv']).default('auto'),
  lastSource: sourceSpecSchema.nullable().default(null),
  /** Whether somebody has seen, or skipped, the cards for newcomers. */
  introSeen: z.boolean().default(false),
  /** The instruments over the picture of a drone. */
  hud: z.boolean().default(true),
  /** Which stick of a gamepad does what: 2 is the usual one. */
  padMode: z.literal(padModes).default(2),
  /** Share of a gamepad stick's way around its middle that counts for nothing. */
  padDeadZonePercent: z.number().int().min(0).max(50).default(12),
  /** 1 is straight; more is gentler around the middle. */
  padExpo: z.number().min(1).max(5).default(1.6),
  /** Say warnings of the drone aloud. */
  speakWarnings: z.boolean().default(false),
  /** Full stick is this much of what the drone can do. */
  stickLimitPercent: z.number().int().min(10).max(100).default(60),
});

export type Settings = z.infer<typeof settingsSchema>;
export const settingsPatchSchema = z
  .object({
    photoFormat: settingsSchema.shape.photoFormat.unwrap(),
    photoFolder: settingsSchema.shape.photoFolder.unwrap(),
    theme: settingsSchema.shape.theme.unwrap(),
    language: settingsSchema.shape.language.unwrap(),
    uiSizePercent: settingsSchema.shape.uiSizePercent.unwrap(),
    mirror: settingsSchema.shape.mirror.unwrap(),
    rotateDegrees: settingsSchema.shape.rotateDegrees.unwrap(),
    photoAsViewed: settingsSchema.shape.photoAsViewed.unwrap(),
    flightLog: settingsSchema.shape.flightLog.unwrap(),
    keepCameraJpeg: settingsSchema.shape.keepCameraJpeg.unwrap(),
    reader: settingsSchema.shape.reader.unwrap(),
    lastSource: settingsSchema.shape.lastSource.unwrap(),
    introSeen: settingsSchema.shape.introSeen.unwrap(),
    hud: settingsSchema.shape.hud.unwrap(),
    padMode: settingsSchema.shape.padMode.unwrap(),
    padDeadZonePercent: settingsSchema.shape.padDeadZonePercent.unwrap(),
    padExpo: settingsSchema.shape.padExpo.unwrap(),
    speakWarnings: settingsSchema.shape.speakWarnings.unwrap(),
    stickLimitPercent: settingsSchema.shape.stickLimitPercent.unwrap(),
  })
  .partial()
  .strict();
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;
export const defaultSettings: Settings = settingsSchema.parse({});
