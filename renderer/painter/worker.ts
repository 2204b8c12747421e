import { METERS_HZ, type PageToPainter, type PainterToPage } from './messages.ts';
import { Painter } from './painter.ts';

/** Clocks drift by microseconds a second; once a second is plenty. */
const CLOCK_PERIOD_MS = 1_000;

const say = (message: PainterToPage) => self.postMessage(message);
const painter = new Painter(say);

self.addEventListener('message', (event: MessageEvent<PageToPainter>) =>
  painter.handle(event.data),
);
setInterval(() => painter.sayMeters(), 1_000 / METERS_HZ);
setInterval(() => painter.compareClocks(), CLOCK_PERIOD_MS);
