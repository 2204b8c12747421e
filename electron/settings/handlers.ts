import type { HandlersOf } from '../base/handlers.ts';
import { checkPhotoFolder } from './photo-folder.ts';
import type { SettingsFile } from './settings-file.ts';

/** What can be asked about the settings. A change that cannot be kept, or that could not work, says so. */
export function settingsHandlers(
  settings: SettingsFile,
): HandlersOf<'settings.get' | 'settings.set'> {
  return {
    'settings.get': () => settings.get(),
    'settings.set': async (patch) => {
      if (patch.photoFolder !== undefined && patch.photoFolder !== null) {
        await checkPhotoFolder(patch.photoFolder);
      }
      const changed = settings.change(patch);
      await settings.saved();
      return changed;
    },
  };
}
