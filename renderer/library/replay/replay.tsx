import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type ExportFormat, exportFormats } from '../../../shared/flight-log.ts';
import { type Item, itemFilePath } from '../../../shared/library.ts';
import { Button } from '../../ui/button.tsx';
import { UNKNOWN } from '../../words/figures.ts';
import { say } from '../../words/language.ts';
import { clock, decimalWithoutMinusZero } from '../../words/time.ts';
import { useLibrary } from '../library.ts';
import { type FlightData, fetchFlight, placeAt } from './flight-data.ts';
import { PathView } from './path-view.tsx';
import { type Curve, Plot } from './plot.tsx';
import styles from './replay.module.css';

/** A flight again: its film, its figures, its plots and its path on one time line. Move one, and all go along. */
export function Replay({ item, onBroken }: { item: Item; onBroken(): void }) {
  const [data, setData] = useState<FlightData | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    fetchFlight(itemFilePath(item.id), leaving.signal).then(setData, (error: unknown) => {
      if (leaving.signal.aborted) return;
      console.warn('Hoverdeck: the flight log could not be read.', error);
      onBroken();
    });
    return () => leaving.abort();
  }, [item.id, onBroken]);
  if (data === null) return <p className={styles.note}>{say().gallery.opening}</p>;
  if (data.seconds.length === 0) return <p className={styles.note}>{say().gallery.noTelemetry}</p>;
  return <Flight item={item} data={data} />;
}

function Flight({ item, data }: { item: Item; data: FlightData }) {
  const words = say().gallery;
  const figures = say().flight;
  // The log begins a moment before the flight.
  const firstSecond = data.seconds[0] ?? 0;
  const lastSecond = data.seconds.at(-1) ?? 0;
  const [second, setSecond] = useState(Math.max(0, firstSecond));
  const at = placeAt(data.seconds, second);
  const go = useCallback(
    (to: number) => setSecond(Math.min(lastSecond, Math.max(firstSecond, to))),
    [firstSecond, lastSecond],
  );
  const curves = useCurves(data);
  const shown = (values: readonly (number | null)[], digits: number) => {
    const value = values[at] ?? null;
    return value === null ? UNKNOWN : decimalWithoutMinusZero(value, digits);
  };
  return (
    <div className={styles.replay}>
      <div className={styles.top}>
        <Film data={data} second={second} onSecond={go} />
        <PathView path={data.path} at={at} />
        <dl className={styles.figures}>
          <dt>{figures.height}</dt>
          <dd>{shown(data.heightM, 1)} m</dd>
          <dt>{figures.speed}</dt>
          <dd>{shown(data.speedMs, 1)} m/s</dd>
          <dt>{figures.climb}</dt>
          <dd>{shown(data.climbMs, 1)} m/s</dd>
          <dt>{figures.heading}</dt>
          <dd>{shown(data.yawDegrees, 0)}°</dd>
          <dt>{say().figures.battery}</dt>
          <dd>{shown(data.batteryPercent, 0)} %</dd>
        </dl>
      </div>
      <div className={styles.time}>
        <span>{clock(second)}</span>
        <input
          type="range"
          min={firstSecond}
          max={lastSecond}
          step={0.1}
          value={second}
          aria-label={words.timeLine}
          aria-valuetext={clock(second)}
          onChange={(event) => go(event.target.valueAsNumber)}
        />
        <span>{clock(lastSecond)}</span>
      </div>
      <div className={styles.plots}>
        {curves.map((plot) => (
          <Plot key={plot.title} {...plot} second={second} onSecond={go} />
        ))}
      </div>
      <Exports id={item.id} />
      {data.unread > 0 ? <p className={styles.note}>{words.unread(data.unread)}</p> : null}
    </div>
  );
}

type PlotOf = { title: string; unit: string; seconds: number[]; curves: readonly Curve[] };

function useCurves(data: FlightData): PlotOf[] {
  return useMemo(() => {
    const words = say().flight;
    const { seconds, link } = data;
    const curve = (label: string, values: (number | null)[], digits = 1): Curve => ({
      label,
      values,
      digits,
    });
    return [
      { title: words.height, unit: 'm', seconds, curves: [curve(words.height, data.heightM)] },
      {
        title: words.speed,
        unit: 'm/s',
        seconds,
        curves: [curve(words.speed, data.speedMs), curve(words.climb, data.climbMs)],
      },
      {
        title: words.attitude,
        unit: '°',
        seconds,
        curves: [curve(words.roll, data.rollDegrees, 0), curve(words.pitch, data.pitchDegrees, 0)],
      },
      {
        title: say().figures.battery,
        unit: '%',
        seconds,
        curves: [curve(say().figures.battery, data.batteryPercent, 0)],
      },
      {
        title: words.roundTrip,
        unit: 'ms',
        seconds: link.seconds,
        curves: [curve(words.roundTrip, link.roundTripMs, 0)],
      },
    ].filter((plot) => plot.seconds.length > 1);
  }, [data]);
}

type FilmProps = { data: FlightData; second: number; onSecond(second: number): void };

/** The film that was made then, where it is still there; it leads while it plays, and follows otherwise. */
function Film({ data, second, onSecond }: FilmProps) {
  const library = useLibrary();
  const [film, setFilm] = useState<{ id: string; second: number } | null>(null);
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    let isHere = true;
    void library.findFilm(data.films.map(({ name }) => name)).then((found) => {
      const began = data.films.find(({ name }) => name === found?.name);
      if (isHere && found !== null && began !== undefined) {
        setFilm({ id: found.id, second: began.second });
      }
    });
    return () => {
      isHere = false;
    };
  }, [library, data]);
  useEffect(() => {
    const player = video.current;
    if (player === null || film === null || !player.paused) return;
    player.currentTime = Math.max(0, second - film.second);
  }, [second, film]);
  if (film === null) return null;
  return (
    // biome-ignore lint/a11y/useMediaCaption: nobody speaks in it; a drone has no microphone.
    <video
      ref={video}
      className={styles.film}
      src={itemFilePath(film.id)}
      controls
      playsInline
      onTimeUpdate={({ currentTarget }) => {
        if (!currentTarget.paused) onSecond(film.second + currentTarget.currentTime);
      }}
    />
  );
}

const names: Record<ExportFormat, string> = { csv: 'CSV', json: 'JSON', srt: 'SRT', ass: 'ASS' };

function Exports({ id }: { id: string }) {
  const library = useLibrary();
  const words = say().gallery;
  return (
    <div className={styles.exports}>
      <span>{words.exportAs}</span>
      {exportFormats.map((format) => (
        <Button
          key={format}
          label={words.exportTo(names[format])}
          look="outline"
          onClick={() => void library.exportFlight(id, format)}
        >
          {names[format]}
        </Button>
      ))}
    </div>
  );
}
