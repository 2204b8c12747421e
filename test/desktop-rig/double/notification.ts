import type * as Electron from 'electron';
import { refuseUnknown, strict } from '../strict.ts';
import { lifeCycle } from './app.ts';
import { createEvents, ignore, standIn } from './events.ts';
import { records } from './records.ts';

type Options = Electron.NotificationConstructorOptions;

/** A notification nobody sees: shown ones are recorded, and a test may click them. */
function create(options: Options): object {
  refuseUnknown('Notification', options, ['title', 'body']);
  if (!lifeCycle.isReady()) throw new Error('cannot create Notification before app is ready');
  const events = createEvents<Electron.Notification>('Notification', {
    click: (notification) => notification.on('click', ignore),
  });
  const { title = '', body = '' } = options;
  return strict('Notification', {
    ...events.methods,
    show() {
      records.notifications.push({ title, body, click: () => events.emit('click') });
    },
  });
}

export const Notification = new Proxy(standIn<typeof Electron.Notification>(class {}), {
  construct: (_class, [options]: [Options]) => create(options),
});
