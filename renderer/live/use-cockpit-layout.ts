import { useLayoutEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useStation } from '../station/deck.ts';
import { CAMERA_ASPECT, type CockpitLayout, DRONE_ASPECT, layOut } from './cockpit-layout.ts';
import { useLive } from './live.ts';

/**
 * The layout for this window and this picture. Style sheets find it on the root element: lengths as
 * custom properties, `data-arrangement`, `data-rail`, `data-height`; and `data-session` while one is.
 */
export function useCockpitLayout(active: boolean): CockpitLayout {
  const size = useWindowSize();
  const aspect = useAspect();
  const wish = useStation((state) => state.settings.uiSizePercent) / 100;
  const layout = useMemo(() => layOut(size, aspect, wish), [size, aspect, wish]);
  // Before the first paint, so that nothing is ever seen in another place.
  useLayoutEffect(() => {
    const { picture, unit, railWidth } = layout;
    const { style, dataset } = document.documentElement;
    style.setProperty('--unit', String(unit));
    style.setProperty('--rail', `${railWidth}px`);
    style.setProperty('--picture-x', `${picture.x}px`);
    style.setProperty('--picture-y', `${picture.y}px`);
    style.setProperty('--picture-width', `${picture.width}px`);
    style.setProperty('--picture-height', `${picture.height}px`);
    dataset.arrangement = layout.arrangement;
    dataset.rail = layout.rail;
    dataset.height = layout.height;
    dataset.session = active ? 'on' : 'off';
  }, [layout, active]);
  return layout;
}

function useWindowSize(): { width: number; height: number } {
  const [size, setSize] = useState(windowSize);
  useLayoutEffect(() => {
    const measure = () => setSize(windowSize());
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  return size;
}

function windowSize() {
  return { width: window.innerWidth, height: window.innerHeight };
}

/** Width over height as turned for the eye: as drawn, else as told, else as is usual for the source. */
function useAspect(): number {
  const generation = useStation((state) => state.status?.generation ?? 0);
  const told = useStation(({ status }) => {
    const video = status?.video;
    if (video && video.width > 0 && video.height > 0) return video.width / video.height;
    return status?.source?.kind === 'webcam' ? CAMERA_ASPECT : DRONE_ASPECT;
  });
  const drawn = useStore(useLive().meters, ({ newest }) =>
    newest?.generation === generation && newest.width > 0 && newest.height > 0
      ? newest.width / newest.height
      : null,
  );
  const turned = useStation((state) => state.settings.rotateDegrees % 180 !== 0);
  const aspect = drawn ?? told;
  return turned ? 1 / aspect : aspect;
}
