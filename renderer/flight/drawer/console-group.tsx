import { SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { droneCommands, readDroneCommand, usageOf } from '../../../shared/drone-commands.ts';
import { MAX_COMMAND_CHARS } from '../../../shared/flight.ts';
import { Button } from '../../ui/button.tsx';
import { commandWords } from '../../words/command-words.ts';
import { say } from '../../words/language.ts';
import type { Tone } from '../../words/tone.ts';
import { useFlight } from '../flight.ts';
import styles from './manoeuvres-drawer.module.css';

/** So many lines are remembered: a screen or two. */
const MAX_LINES = 50;

type Line = { id: number; text: string; says: string; tone: Tone };

/** The drone's own language, line by line: the queue, the checks and the limits are those of the buttons. */
export function ConsoleGroup() {
  const flight = useFlight();
  const [text, setText] = useState('');
  const [lines, setLines] = useState<readonly Line[]>([]);
  const recalled = useRef(-1);
  const nextId = useRef(0);
  const list = useId();
  const words = say().manoeuvres;
  const read = text.trim() === '' ? null : readDroneCommand(text);
  const usage = read?.ok && read.command ? usageOf(read.command) : '';

  const send = async () => {
    const line = text.trim();
    if (line === '') return;
    const id = nextId.current++;
    setText('');
    recalled.current = -1;
    setLines((known) =>
      [{ id, text: line, says: '…', tone: 'neutral' as const }, ...known].slice(0, MAX_LINES),
    );
    const told = commandWords(await flight.command(line));
    setLines((known) => known.map((each) => (each.id === id ? { ...each, ...told } : each)));
  };
  const recall = (event: KeyboardEvent, by: 1 | -1) => {
    const at = Math.min(lines.length - 1, recalled.current + by);
    event.preventDefault();
    recalled.current = Math.max(-1, at);
    setText(lines[at]?.text ?? '');
  };
  return (
    <>
      <p className={styles.note}>{words.consoleAbout}</p>
      <form
        className={styles.entry}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <input
          className={styles.input}
          aria-label={words.command}
          list={list}
          value={text}
          maxLength={MAX_COMMAND_CHARS}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            // The list of completions has the arrows while it is open; with Alt they go through the past.
            if (event.key === 'ArrowUp' && event.altKey) recall(event, 1);
            if (event.key === 'ArrowDown' && event.altKey) recall(event, -1);
          }}
        />
        <datalist id={list}>
          {droneCommands.map((command) => (
            <option key={command.name} value={command.name}>
              {usageOf(command)}
            </option>
          ))}
        </datalist>
        <Button label={words.send} look="outline" icon={<SendHorizontal />} type="submit" />
      </form>
      <p className={styles.note}>{usage}</p>
      <div className={styles.log} role="log" aria-label={words.console}>
        {lines.map((line) => (
          <p key={line.id} data-tone={line.tone}>
            {line.text} → {line.says}
          </p>
        ))}
      </div>
    </>
  );
}
