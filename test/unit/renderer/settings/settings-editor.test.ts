import { expect, it } from 'vitest';
import { createSettingsEditor } from '../../../../renderer/settings/settings-editor.ts';
import { createStationStore } from '../../../../renderer/station/station-store.ts';
import { createPanels } from '../../../../renderer/ui/panels.ts';
import { createToasts } from '../../../../renderer/ui/toasts.ts';
import type { Host } from '../../../../shared/host.ts';
import { failure, success } from '../../../../shared/result.ts';
import { defaultSettings } from '../../../../shared/settings.ts';
import { fakeStation } from '../../../support/fake-station.ts';

const host: Host = {
  kind: 'desktop',
  version: '0',
  platform: 'linux',
  canShowInFolder: true,
  photoFolder: '/elsewhere',
  addresses: [],
  development: false,
};

function create() {
  const { client, asked, answers } = fakeStation();
  const station = createStationStore();
  const toasts = createToasts();
  return {
    editor: createSettingsEditor({ client, station, toasts, panels: createPanels() }),
    asked,
    answers,
    station,
    toasts,
  };
}

it('a change is asked for and taken in', async () => {
  const { editor, asked, answers, station } = create();
  answers.push(success({ ...defaultSettings, mirror: true }));
  await editor.change({ mirror: true });
  expect(asked).toEqual([['settings.set', { mirror: true }]]);
  expect(station.getState().settings.mirror).toBe(true);
});

it('another folder means asking the host where photos go now', async () => {
  const { editor, asked, answers, station } = create();
  answers.push(success({ ...defaultSettings, photoFolder: '/elsewhere' }), success(host));
  await editor.change({ photoFolder: '/elsewhere' });
  expect(asked.map(([name]) => name)).toEqual(['settings.set', 'host.describe']);
  expect(station.getState().host).toEqual(host);
});

it('a refused change is told and changes nothing', async () => {
  const { editor, answers, station, toasts } = create();
  const before = station.getState().settings;
  answers.push(failure({ code: 'write-failed', message: 'No.' }));
  await editor.change({ mirror: true });
  expect(station.getState().settings).toBe(before);
  expect(toasts.store.getState().toasts).toMatchObject([{ key: 'failure:settings' }]);
});

it('a field that says so itself is given the reason, and no message is shown', async () => {
  const { editor, answers, station, toasts } = create();
  const error = { code: 'folder-missing', message: 'The folder /x is not there.' } as const;
  answers.push(failure(error));
  expect(await editor.refusalOf({ photoFolder: '/x' })).toEqual(error);
  expect(toasts.store.getState().toasts).toEqual([]);
  expect(station.getState().settings.photoFolder).toBeNull();
  answers.push(success({ ...defaultSettings, mirror: true }));
  expect(await editor.refusalOf({ mirror: true })).toBeNull();
});
