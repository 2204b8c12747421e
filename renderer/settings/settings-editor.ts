import type { Failure } from '../../shared/result.ts';
import type { SettingsPatch } from '../../shared/settings.ts';
import type { Deck } from '../station/deck.ts';
import { takeSettings } from '../station/station-store.ts';
import type { Panels } from '../ui/panels.ts';
import { createPart } from '../ui/part.ts';
import { tellFailure } from '../ui/tell-failure.ts';
import type { Toasts } from '../ui/toasts.ts';

/** Changes settings. The settings themselves are the station's, and are read there. */
export type SettingsEditor = {
  /** Asks the station for the change and says what failed; never throws. */
  change(patch: SettingsPatch): Promise<void>;
  /** The same for a field that says for itself why it was refused; null when it was not. */
  refusalOf(patch: SettingsPatch): Promise<Failure | null>;
};

export const [SettingsEditorContext, useSettingsEditor] =
  createPart<SettingsEditor>('settings editor');

export function createSettingsEditor(
  needs: Deck & { toasts: Toasts; panels: Panels },
): SettingsEditor {
  const { client, station, toasts, panels } = needs;

  async function refusalOf(patch: SettingsPatch): Promise<Failure | null> {
    const result = await client.request('settings.set', patch);
    if (!result.ok) return result.error;
    await takeSettings(client, station, result.value);
    return null;
  }

  return {
    refusalOf,
    async change(patch) {
      const error = await refusalOf(patch);
      if (error !== null) tellFailure({ toasts, panels, what: 'settings', error });
    },
  };
}
