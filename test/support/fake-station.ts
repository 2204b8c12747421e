import type { StationClient } from '../../shared/client.ts';
import { type Result, success } from '../../shared/result.ts';

/**
 * A station as the page's parts see it: keeps what it was asked, and answers with the next of
 * `answers`, else with an empty success.
 */
export function fakeStation() {
  const asked: [name: string, input: unknown][] = [];
  const answers: Result<unknown>[] = [];
  const client: StationClient = {
    async request(name, input) {
      asked.push([name, input]);
      // The test chose an answer that fits the request it is about.
      return (answers.shift() ?? success({})) as Result<never>;
    },
    on: () => () => undefined,
    onLink: () => () => undefined,
    openFrameLink: () => Promise.reject(new Error('This station has no frames.')),
  };
  return { client, asked, answers };
}
