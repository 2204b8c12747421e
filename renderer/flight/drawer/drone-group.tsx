import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { commandWords } from '../../words/command-words.ts';
import { UNKNOWN } from '../../words/figures.ts';
import { say } from '../../words/language.ts';
import { type Flight, useFlight } from '../flight.ts';
import styles from './manoeuvres-drawer.module.css';

/** What a drone can be asked of itself; older firmware does not know the later ones. */
const questions = ['sdk?', 'sn?', 'hardware?', 'wifiversion?', 'wifi?'] as const;
type Question = (typeof questions)[number];

/** Its own answers, when somebody asks: each costs the link a question. */
export function DroneGroup() {
  const flight = useFlight();
  const [answers, setAnswers] = useState<Partial<Record<Question, string>>>({});
  const [isAsking, setIsAsking] = useState(false);
  const words = say().manoeuvres;
  const ask = async () => {
    setIsAsking(true);
    setAnswers({});
    for (const question of questions) {
      const answer = await answerTo(flight, question);
      setAnswers((known) => ({ ...known, [question]: answer }));
    }
    setIsAsking(false);
  };
  return (
    <>
      <dl className={styles.facts}>
        {questions.map((question) => (
          <div key={question} style={{ display: 'contents' }}>
            <dt>{words.facts[question]}</dt>
            <dd>{answers[question] ?? UNKNOWN}</dd>
          </div>
        ))}
      </dl>
      <Button
        label={words.ask}
        look="outline"
        disabledReason={isAsking ? words.asking : null}
        onClick={() => void ask()}
      >
        {words.ask}
      </Button>
    </>
  );
}

async function answerTo(flight: Flight, question: Question): Promise<string> {
  return commandWords(await flight.command(question)).says;
}
