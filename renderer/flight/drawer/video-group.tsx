import { useState } from 'react';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { commandWords } from '../../words/command-words.ts';
import { say } from '../../words/language.ts';
import { useFlight } from '../flight.ts';
import styles from './manoeuvres-drawer.module.css';

type Choice = { value: string; label: string };

/** How fast it steps, and what its camera sends: by the vendor's own commands. */
export function VideoGroup() {
  const words = say().manoeuvres;
  const same = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
  return (
    <>
      <AskedChoice label={words.stepSpeed} command="speed" choices={same(['20', '50', '100'])} />
      <AskedChoice
        label={words.rate}
        command="setfps"
        choices={[
          { value: 'low', label: '5' },
          { value: 'middle', label: '15' },
          { value: 'high', label: '30' },
        ]}
      />
      <AskedChoice
        label={words.bitrate}
        command="setbitrate"
        choices={[{ value: '0', label: words.automatic }, ...same(['1', '2', '4'])]}
      />
      <AskedChoice
        label={words.lines}
        command="setresolution"
        choices={[
          { value: 'low', label: '480' },
          { value: 'high', label: '720' },
        ]}
      />
      <AskedChoice
        label={words.camera}
        command="downvision"
        choices={[
          { value: '0', label: words.ahead },
          { value: '1', label: words.below },
        ]}
      />
      <p className={styles.note}>{words.setAbout}</p>
    </>
  );
}

type AskedChoiceProps = { label: string; command: string; choices: readonly Choice[] };

/** The drone does not tell what it is set to: what it said `ok` to is known, and nothing else. */
function AskedChoice({ label, command, choices }: AskedChoiceProps) {
  const flight = useFlight();
  const [set, setSet] = useState('');
  const [told, setTold] = useState('');
  const ask = async (value: string) => {
    setTold('…');
    const reply = await flight.command(`${command} ${value}`);
    const isSet = reply.ok && reply.value.outcome === 'ok';
    if (isSet) setSet(value);
    setTold(isSet ? '' : commandWords(reply).says);
  };
  return (
    <ChoiceField
      label={label}
      hint={told}
      value={set}
      choices={choices}
      onChange={(value) => void ask(value)}
    />
  );
}
