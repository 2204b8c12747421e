import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useDeck, useStation } from '../station/deck.ts';
import { toggleFullScreen } from '../ui/full-screen.ts';
import { useToasts } from '../ui/toasts.ts';
import { say } from '../words/language.ts';
import { useLive } from './live.ts';
import styles from './live-view.module.css';
import { takeMeters } from './meters-store.ts';
import { createPainterClient, type PainterClient } from './painter-client.ts';
import { followPicture } from './picture-store.ts';

const nowMs = () => performance.now();

/** The picture, edge to edge. It is drawn by a worker; React only knows how it should look. */
export function LiveView() {
  const { client, station } = useDeck();
  const { meters, picture } = useLive();
  const toasts = useToasts();
  const mirror = useStation((state) => state.settings.mirror);
  const rotateDegrees = useStation((state) => state.settings.rotateDegrees);
  const active = useStation((state) => state.status !== null && state.status.state !== 'idle');
  const link = useStation((state) => state.link);
  const look = useStore(picture, (state) => state.picture.kind);
  const frame = useRef<HTMLElement>(null);
  const painter = useRef<PainterClient | null>(null);

  useEffect(() => {
    const host = frame.current;
    if (host === null) return;
    const stopFollowing = followPicture(picture, station, meters, nowMs);
    const mine = createPainterClient({
      createWorker: () =>
        new Worker(new URL('../painter/worker.ts', import.meta.url), { type: 'module' }),
      mountCanvas: () => mountCanvas(host),
      openFrameLink: () => client.openFrameLink(),
      onLink: (callback) => client.onLink(callback),
      onMeters: (figures) => takeMeters(meters, figures, nowMs()),
      nowMs,
    });
    painter.current = mine;
    return () => {
      painter.current = null;
      mine.dispose();
      stopFollowing();
      host.replaceChildren();
    };
  }, [client, station, meters, picture]);

  useEffect(() => {
    painter.current?.setView({ mirror, rotateDegrees });
  }, [mirror, rotateDegrees]);

  const shown = link === 'lost' && look === 'live' ? 'stale' : look;
  return (
    <main
      ref={frame}
      className={styles.stage}
      data-active={active}
      data-picture={shown}
      onDoubleClick={() => void toggleFullScreen(toasts)}
    />
  );
}

function mountCanvas(host: HTMLElement): OffscreenCanvas {
  const canvas = document.createElement('canvas');
  canvas.className = styles.canvas ?? '';
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', say().live.picture);
  host.replaceChildren(canvas);
  return canvas.transferControlToOffscreen();
}
