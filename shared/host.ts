import { z } from 'zod';

/** What the host around the page is and can do; the page asks once and adapts its words. */
export const hostSchema = z.object({
  kind: z.enum(['desktop', 'browser']),
  version: z.string(),
  platform: z.string(),
  /** Whether the station runs on the machine in front of the user, so that a folder can be opened. */
  canShowInFolder: z.boolean(),
  /** Where photos go. */
  photoFolder: z.string(),
  /** Where the station's machine is on the networks it has joined. */
  addresses: z.array(z.object({ name: z.string(), address: z.string() })),
  /** Development builds offer the synthetic camera. */
  development: z.boolean(),
});

export type Host = z.infer<typeof hostSchema>;
