import type { SettingsPatch } from '../../shared/settings.ts';
import type { Deck } from '../station/deck.ts';
import { takeSettings } from '../station/station-store.ts';
import { createPart } from '../ui/part.ts';
import { tellFailure } from '../ui/tell-failure.ts';
import type { Toasts } from '../ui/toasts.ts';

/** Changes settings. The settings themselves are the station's, and are read there. */
export type SettingsEditor = {
  /** Asks the station for the change and says what failed; never throws. */
  change(patch: SettingsPatch): Promise<void>;
};

export const [SettingsEditorContext, useSettingsEditor] =
  createPart<SettingsEditor>('settings editor');

export function createSettingsEditor(needs: Deck & { toasts: Toasts }): SettingsEditor {
  const { client, station, toasts } = needs;
  return {
    async change(patch) {
      const result = await client.request('settings.set', patch);
      if (result.ok) await takeSettings(client, station, result.value);
      else tellFailure(toasts, 'settings', result.error);
    },
  };
}
